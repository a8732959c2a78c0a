"""Who is named on a closed record, and who is not."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import AccessGrant, Person
from orders_app.queries.visibility import SYSTEM, Viewer, person_known_of, person_visible
from orders_app.rules.access import Access
from tests.conftest import NOW, Acting
from tests.factories import a_person, a_team, a_user


@pytest.mark.parametrize("access", [Access.RESTRICTED, Access.SEALED])
@pytest.mark.parametrize("names", ["officer", "team"])
def test_only_those_named_see_a_closed_person(acting: Acting, session: Session, access: Access, names: str) -> None:
    with acting() as work:
        team, other_team = a_team(work), a_team(work)
        named, colleague = a_user(work, team=team), a_user(work, team=other_team)
        person = a_person(work, access=access)
        grant = {"user_id": named.id} if names == "officer" else {"team_id": team.id}
        work.session.add(AccessGrant(person_id=person.id, granted_at=NOW, reason="Test", **grant))
    viewers = {
        "named": Viewer(named.id, team_id=team.id),
        "colleague": Viewer(colleague.id, team_id=other_team.id),
        "of no team": Viewer(colleague.id),
        "nobody in particular": Viewer(None),
    }
    seen = {who: list(session.scalars(select(Person.id).where(person_visible(viewer)))) for who, viewer in viewers.items()}
    assert seen == {"named": [person.id], "colleague": [], "of no team": [], "nobody in particular": []}
    known = {who: list(session.scalars(select(Person.id).where(person_known_of(viewer)))) for who, viewer in viewers.items()}
    expected = [person.id] if access is Access.RESTRICTED else []
    assert known == {"named": [], "colleague": expected, "of no team": expected, "nobody in particular": expected}
    assert list(session.scalars(select(Person.id).where(person_visible(SYSTEM)))) == [person.id]


def test_a_grant_that_ended_names_nobody(acting: Acting, session: Session) -> None:
    with acting() as work:
        user = a_user(work)
        person = a_person(work, access=Access.SEALED)
        work.session.add(AccessGrant(person_id=person.id, user_id=user.id, granted_at=NOW, ended_at=NOW, reason="Test"))
    assert list(session.scalars(select(Person.id).where(person_visible(Viewer(user.id))))) == []
