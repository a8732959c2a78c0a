"""The standard conditions: every change is a version of its own, and no made order is touched by it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import AuditEvent, LibraryCondition
from orders_app.queries import condition_library as queries
from orders_app.rules.condition_library import SHIPPED, Template
from orders_app.services import condition_library as service
from orders_app.services.errors import ChangedMeanwhile, NotFound, RuleBroken, RulesBroken
from tests.conftest import NOW, Acting

CONTACT = next(template for template in SHIPPED if template.key == "contact")
DOG = Template(
    key="",
    label="Not to keep {device} at {address}",
    words="Not to keep {device} at {address}.",
    short_form="No {device} at {address}",
    order_types=frozenset({"spo", "shpo"}),
)
WHY = "The wording the court now uses"


def standing(session: Session) -> dict[str, Template]:
    return {template.key: template for template in queries.as_it_stands(session)}


def test_the_library_begins_as_shipped(session: Session) -> None:
    assert standing(session) == {template.key: template for template in SHIPPED}
    assert [made.template for made in queries.versions(session, "contact")] == [CONTACT]


def test_a_change_is_a_new_version_and_the_old_one_stays(acting: Acting, session: Session) -> None:
    with acting("library.changed") as work:
        service.change_template(work, version=1, template=replace(CONTACT, words="Not to contact {person} at all."), reason=WHY)
    newest, shipped = queries.versions(session, "contact")
    assert (newest.template.version, newest.template.words, newest.reason, newest.made_at) == (
        2,
        "Not to contact {person} at all.",
        WHY,
        NOW,
    )
    assert shipped.template == CONTACT
    assert standing(session)["contact"] == newest.template


def test_two_who_change_the_same_condition(acting: Acting) -> None:
    with acting("library.changed") as work:
        service.change_template(work, version=1, template=replace(CONTACT, label="Stay away from {person}"), reason=WHY)
    with acting("library.changed") as work, pytest.raises(ChangedMeanwhile):
        service.change_template(work, version=1, template=replace(CONTACT, label="Keep from {person}"), reason=WHY)


def test_one_that_is_retired_can_be_brought_back(acting: Acting, session: Session) -> None:
    with acting("library.retired") as work:
        retired = service.change_template(work, version=1, template=replace(CONTACT, is_retired=True), reason=WHY)
    assert standing(session)["contact"].is_retired
    with acting("library.brought_back") as work:
        service.change_template(work, version=2, template=replace(retired, is_retired=False), reason=WHY)
    session.rollback()
    assert not standing(session)["contact"].is_retired
    assert [made.template.version for made in queries.versions(session, "contact")] == [3, 2, 1]


def test_what_is_added_has_a_key_of_its_own(acting: Acting, session: Session) -> None:
    with acting("library.added") as work:
        keys = [service.add_template(work, template=DOG, reason=WHY).key for _ in range(3)]
    assert keys == ["not_to_keep_device_at_address", "not_to_keep_device_at_address_2", "not_to_keep_device_at_address_3"]
    assert standing(session)[keys[1]].order_types == {"spo", "shpo"}


def test_a_label_without_letters_still_gets_a_key(acting: Acting) -> None:
    with acting("library.added") as work:
        assert service.add_template(work, template=replace(DOG, label="Żółć → łóżko"), reason=WHY).key.isascii()
        assert service.add_template(work, template=replace(DOG, label="→"), reason=WHY).key == "condition"


def test_everything_wrong_is_said_at_once(acting: Acting, session: Session) -> None:
    wrong = replace(DOG, label="", words="Not to {nothing}.", order_types=frozenset())
    with acting("library.added") as work, pytest.raises(RulesBroken) as broken:
        service.add_template(work, template=wrong, reason="")
    assert [problem.field for problem in broken.value.problems] == ["label", "words", "short_form", "order_types", "reason"]
    assert session.scalars(select(LibraryCondition)).all() == []


def test_no_version_is_made_of_nothing(acting: Acting) -> None:
    with acting("library.changed") as work, pytest.raises(RuleBroken, match="Nothing is different"):
        service.change_template(work, version=1, template=CONTACT, reason=WHY)


def test_a_key_that_is_not_there(acting: Acting) -> None:
    with acting("library.changed") as work, pytest.raises(NotFound):
        service.change_template(work, version=1, template=replace(CONTACT, key="nowhere"), reason=WHY)


def test_who_changed_what_and_why_is_logged(acting: Acting, session: Session) -> None:
    with acting("library.added") as work:
        service.add_template(work, template=DOG, reason=WHY)
    logged = session.scalars(select(AuditEvent).where(AuditEvent.subject_type == "library_conditions")).one()
    assert (logged.action, logged.changes["reason"]["to"]) == ("library.added", WHY)
