"""An officer's own account: what they may do, where they are signed in, and their password."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders_app.models import User, UserSession
from orders_app.rules.access import Role
from orders_app.services.passwords import hash_password, is_right
from tests.conftest import Acting
from tests.factories import PASSWORD, a_user
from tests.web.conftest import Officer, SignedInAs, Statements
from tests.web.reading import page

HASH = hash_password(PASSWORD)
NEW = "three quiet otters"


@pytest.fixture
def officer(acting: Acting) -> User:
    with acting("user.created") as work:
        return a_user(work, Role.PATROL, username="rahman", name="Aisha Rahman", password_hash=HASH)


def _change(browser: Officer, current: str = PASSWORD, new: str = NEW, again: str = NEW):
    return browser.post("/account/password", data={"current": current, "new": new, "again": again})


def test_the_page_says_who_i_am_and_what_i_may_do(signed_in_as: SignedInAs, officer: User, statements: Statements) -> None:
    browser = signed_in_as(officer)
    signed_in_as(officer)
    with statements() as seen:
        shown = page(browser.get("/account"))
    assert officer.display_name in shown.main
    assert "Patrol officer" in shown.main
    assert "Look up people" in shown.main
    assert "Record orders" not in shown.main
    assert "This one: use Sign out" in shown.main
    assert len(seen) <= 12


def test_another_of_my_sessions_can_be_ended(signed_in_as: SignedInAs, officer: User, session: Session) -> None:
    here, there = signed_in_as(officer), signed_in_as(officer)
    reference = session.scalars(select(UserSession).order_by(UserSession.id.desc())).first().reference
    assert here.post(f"/account/sessions/{reference}/end").location == "/account"
    assert there.get("/account").status_code == 302
    assert "You ended this session from another browser" in page(there.get("/sign-in")).main
    assert here.get("/account").status_code == 200


def test_nobody_elses_session_can_be_ended(signed_in_as: SignedInAs, officer: User, acting: Acting, session: Session) -> None:
    with acting() as work:
        other = a_user(work, Role.PATROL)
    mine, theirs = signed_in_as(officer), signed_in_as(other)
    reference = session.scalars(select(UserSession).where(UserSession.user_id == other.id)).one().reference
    assert mine.post(f"/account/sessions/{reference}/end").status_code == 404
    assert theirs.get("/account").status_code == 200


def test_a_new_password_ends_the_other_sessions(signed_in_as: SignedInAs, officer: User, session: Session) -> None:
    here, there = signed_in_as(officer), signed_in_as(officer)
    assert _change(here).location == "/account"
    assert is_right(session.get_one(User, officer.id).password_hash, NEW)
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 302


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"current": "wrong password"}, "That is not your current password"),
        ({"again": "something else again"}, "The two new passwords are not the same"),
        ({"new": "short", "again": "short"}, "The password must be 12 characters or more"),
        ({"new": "", "again": ""}, "Enter a new password"),
        ({"new": PASSWORD, "again": PASSWORD}, "Choose a password that is not the one you have now"),
    ],
)
def test_what_is_wrong_is_said(signed_in_as: SignedInAs, officer: User, session: Session, answers: dict[str, str], said: str) -> None:
    shown = page(_change(signed_in_as(officer), **answers))
    assert said in shown.problems
    assert shown.title.startswith("Error: ")
    assert session.get_one(User, officer.id).password_hash == HASH


def test_a_password_that_was_given_is_changed_before_anything_else(signed_in_as: SignedInAs, officer: User, acting: Acting) -> None:
    with acting() as work:
        work.session.get_one(User, officer.id).must_change_password = True
    browser = signed_in_as(officer)
    assert browser.get("/people").location == "/account/password"
    assert "known to somebody else" in page(browser.get("/account/password")).main
    assert browser.get("/help").status_code == 200
    assert _change(browser).status_code == 302
    assert browser.get("/", follow_redirects=True).status_code == 200


@pytest.mark.parametrize(
    ("roles", "first"), [((Role.PATROL,), "/people"), ((Role.ORDERS_DESK,), "/work"), ((Role.ADMINISTRATOR,), "/jobs"), ((), "/account")]
)
def test_the_first_page_is_the_first_of_the_menu(signed_in_as: SignedInAs, acting: Acting, roles: tuple[Role, ...], first: str) -> None:
    with acting() as work:
        user = a_user(work, *roles)
        if not roles:
            user.roles = []
    assert signed_in_as(user).get("/").location.rstrip("/") == first


def test_guessing_the_current_password_is_slowed_down(signed_in_as: SignedInAs, officer: User) -> None:
    browser = signed_in_as(officer)
    assert [_change(browser, current="guess").status_code for _ in range(6)] == [200] * 5 + [429]
    refused = _change(browser)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert "Try again after 08:15" in refused.text


def test_a_weak_new_password_is_no_guess_at_the_old_one(signed_in_as: SignedInAs, officer: User) -> None:
    browser = signed_in_as(officer)
    assert [_change(browser, new="short", again="short").status_code for _ in range(7)] == [200] * 7
