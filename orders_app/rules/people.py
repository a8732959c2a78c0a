"""The answers there are to questions about people: kinds of name, address, warning and custody, each with its word."""

from __future__ import annotations

from enum import StrEnum


class Sex(StrEnum):
    """As recorded. Empty where it is not known."""

    MALE = "male"
    FEMALE = "female"
    OTHER = "other"


class AliasKind(StrEnum):
    """Why somebody has another name."""

    ALSO_KNOWN_AS = "also_known_as"
    FORMER = "former"
    ONLINE = "online"
    SPELLING = "spelling"


class AddressKind(StrEnum):
    """What somebody does at an address."""

    HOME = "home"
    WORK = "work"
    FAMILY = "family"
    OTHER = "other"


class MarkerKind(StrEnum):
    """What a warning is about, most urgent for whoever meets the person first."""

    WEAPONS = "weapons"
    FIREARMS = "firearms"
    VIOLENT = "violent"
    SELF_HARM = "self_harm"
    SUICIDE = "suicide"
    MENTAL_HEALTH = "mental_health"
    DRUGS = "drugs"
    ESCAPER = "escaper"
    CONTAGIOUS = "contagious"
    OTHER = "other"


class CustodyKind(StrEnum):
    """Why somebody is not at liberty."""

    POLICE = "police"
    REMAND = "remand"
    SENTENCE = "sentence"
    RECALL = "recall"
    HOSPITAL = "hospital"


SEX_WORDS = {Sex.MALE: "Male", Sex.FEMALE: "Female", Sex.OTHER: "Other"}
ALIAS_WORDS = {
    AliasKind.ALSO_KNOWN_AS: "Also known as", AliasKind.FORMER: "Former name", AliasKind.ONLINE: "Name used online",
    AliasKind.SPELLING: "Other spelling",
}  # fmt: skip
ADDRESS_WORDS = {AddressKind.HOME: "Home", AddressKind.WORK: "Work", AddressKind.FAMILY: "Family or friends", AddressKind.OTHER: "Other"}
MARKER_WORDS = {
    MarkerKind.WEAPONS: "Weapons", MarkerKind.FIREARMS: "Firearms", MarkerKind.VIOLENT: "Violent", MarkerKind.SELF_HARM: "Self-harm",
    MarkerKind.SUICIDE: "Suicide", MarkerKind.MENTAL_HEALTH: "Mental health", MarkerKind.DRUGS: "Drugs", MarkerKind.ESCAPER: "Escaper",
    MarkerKind.CONTAGIOUS: "Contagious", MarkerKind.OTHER: "Other",
}  # fmt: skip
CUSTODY_WORDS = {
    CustodyKind.POLICE: "Police custody", CustodyKind.REMAND: "On remand", CustodyKind.SENTENCE: "Serving a sentence",
    CustodyKind.RECALL: "Recalled to prison", CustodyKind.HOSPITAL: "Detained in hospital",
}  # fmt: skip
