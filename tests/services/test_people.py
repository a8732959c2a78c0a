"""People recorded, changed, restricted: what is written, what is refused, and who may do it again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from orders_app.models import AccessGrant, AddressWord, AuditEvent, NameKey, PersonName
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Access
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken, RulesBroken
from orders_app.services.new_people import Identity, NewAddress, NewAlias, NewCustody, NewIdentifier, NewMarker, NewPerson
from orders_app.services.people import change_identity, check_person, record_people, record_person
from orders_app.services.people_details import add_detail, change_detail, remove_detail
from orders_app.services.restrictions import Closable, end_naming, name_officer, name_team, set_access
from orders_app.services.work import Actor
from tests.conftest import Acting
from tests.factories import a_team, a_user, an_order

CALLUM = NewPerson(
    Identity("  Whittaker ", "Callum   James", date(1988, 3, 14)), addresses=(NewAddress("1 Foundry Lane\nNorthmere", "nm34rt"),)
)


def test_recorded_tidily_and_findable(acting: Acting, session: Session) -> None:
    with acting("person.recorded") as work:
        person = record_person(work, CALLUM)
    assert (person.surname, person.forenames) == ("Whittaker", "Callum James")
    assert set(session.scalars(select(PersonName.token))) == {"whittaker", "callum", "james"}
    assert set(session.scalars(select(AddressWord.token))) == {"1", "foundry", "nm3"}
    assert {row.subject_type for row in session.scalars(select(AuditEvent))} == {"people", "addresses"}


def test_recording_many_learns_each_word_once(acting: Acting, session: Session) -> None:
    with acting() as work:
        people = record_people(work, [CALLUM] * 600)
    assert len({person.reference for person in people}) == 600
    assert session.scalar(select(func.count(PersonName.id))) == 1800
    keys = session.execute(select(NameKey.key, NameKey.token)).all()
    assert len(keys) == len(set(keys))


def test_everything_wrong_is_said_at_once(acting: Acting) -> None:
    wrong = NewPerson(
        Identity("", "", date(2030, 1, 1), sex="unknown"),
        aliases=(NewAlias(),),
        identifiers=(NewIdentifier("pnc", "06/118234K"), NewIdentifier("pnc", "")),
        addresses=(NewAddress("", "NM"),),
        markers=(NewMarker("", None),),
        custody=(NewCustody(None), NewCustody(date(2026, 1, 1), until_on=date(2026, 5, 1), licence_until_on=date(2026, 4, 1))),
    )
    with acting() as work:
        fields = {broken.field for broken in check_person(work, wrong)}
        with pytest.raises(RulesBroken):
            record_person(work, wrong)
    assert fields == {
        "surname", "born_on", "sex", "aliases.0.surname", "identifiers.0.value", "identifiers.1.value",
        "addresses.0.lines", "addresses.0.postcode", "markers.0.text", "markers.0.noted_on", "custody.0.from_on",
        "custody.1.licence_until_on",
    }  # fmt: skip


def test_a_stale_version_and_an_unseen_person_are_refused(acting: Acting) -> None:
    with acting() as work:
        person = record_person(work, CALLUM)
        sealed = record_person(work, NewPerson(Identity("Marsh"), access=Access.SEALED))
        officer = a_user(work)
    actor = Actor(officer.id, officer.display_name, Viewer(officer.id))
    with acting(actor=actor) as work:
        change_identity(work, reference=person.reference, version=person.version, identity=Identity("Marsh"))
    with acting(actor=actor) as work, pytest.raises(ChangedMeanwhile):
        change_identity(work, reference=person.reference, version=1, identity=Identity("Marshall"))
    with acting(actor=actor) as work, pytest.raises(RulesBroken):
        change_identity(work, reference=person.reference, version=2, identity=Identity(""))
    with acting(actor=actor) as work, pytest.raises(NotFound):
        change_identity(work, reference=sealed.reference, version=1, identity=Identity("Marshall"))


def test_who_records_a_closed_person_is_named(acting: Acting, session: Session) -> None:
    with acting() as work:
        officer = a_user(work)
    with acting(actor=Actor(officer.id, officer.display_name, Viewer(officer.id))) as work:
        record_people(work, [NewPerson(Identity("Marsh"), access=Access.SEALED), CALLUM])
    assert session.scalars(select(AccessGrant.user_id)).all() == [officer.id]


def test_details_of_another_person_cannot_be_touched(acting: Acting) -> None:
    with acting() as work:
        one, other = record_person(work, CALLUM), record_person(work, NewPerson(Identity("Marsh")))
        add_detail(work, reference=one.reference, detail=NewAlias("Marsh", "Cal"))
    with acting(reason="Wrong") as work, pytest.raises(NotFound):
        remove_detail(work, reference=other.reference, version=other.version, kind=NewAlias, detail_id=1)
    with acting() as work, pytest.raises(RuleBroken, match="why"):
        remove_detail(work, reference=one.reference, version=one.version, kind=NewAlias, detail_id=1)
    with acting() as work, pytest.raises(RulesBroken):
        change_detail(work, reference=one.reference, version=one.version, detail_id=1, detail=NewAlias())


@pytest.mark.parametrize("of", Closable)
def test_naming_has_its_rules(acting: Acting, session: Session, of: Closable) -> None:
    with acting() as work:
        person, officer = record_person(work, CALLUM), a_user(work, username="aisha")
        order = an_order(work, person=person)
        a_team(work, name="Covert")
    row = person if of is Closable.PERSON else order
    it: dict[str, Any] = {"of": of, "reference": row.reference}
    with acting() as work, pytest.raises(RuleBroken, match="Enter why"):
        set_access(work, **it, version=1, access=Access.SEALED)
    with acting(reason="Why") as work, pytest.raises(RuleBroken, match="how the record is now"):
        set_access(work, **it, version=1, access=Access.OPEN)
    with acting(reason="Why") as work, pytest.raises(ChangedMeanwhile):
        set_access(work, **it, version=9, access=Access.SEALED)
    with acting(reason="Why") as work:
        name_team(work, **it, team="Covert")
        set_access(work, **it, version=1, access=Access.SEALED)
    refused = [
        (lambda w: name_team(w, **it, team="Covert"), RuleBroken),
        (lambda w: name_team(w, **it, team="Nobody"), RuleBroken),
        (lambda w: name_officer(w, **it, username="nobody"), RuleBroken),
        (lambda w: end_naming(w, **it, number=1), RuleBroken),
        (lambda w: end_naming(w, **it, number=2), NotFound),
        (lambda w: end_naming(w, **(it | {"reference": "X-1"}), number=1), NotFound),
    ]
    for act, error in refused:
        with acting(reason="Why") as work, pytest.raises(error):
            act(work)
    with acting(reason="Why") as work:
        name_officer(work, **it, username="aisha")
        end_naming(work, **it, number=1)
    live = session.scalars(select(AccessGrant).where(AccessGrant.ended_at.is_(None))).all()
    assert [(grant.user_id, grant.person_id, grant.record_id) for grant in live] == [
        (officer.id, *((row.id, None) if of is Closable.PERSON else (None, row.id)))
    ]


def test_numbers_that_are_held_on_visor_are_not_kept_in_notes(acting: Acting) -> None:
    with acting() as work:
        (refused,) = check_person(work, NewPerson(Identity("Evans", notes="Passport 512345678")))
    assert refused.field == "notes"
    assert "This has a passport number in it" in refused.message
