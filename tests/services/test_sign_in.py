"""Signing in: what is counted, when it must wait, what a session is and how it ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from orders_app.models import AuditEvent, SignInThrottle, User, UserSession
from orders_app.queries import users
from orders_app.queries.visibility import Viewer
from orders_app.rules.access import Role
from orders_app.services import passwords, sign_in
from orders_app.services.errors import NotFound, RuleBroken
from orders_app.services.sign_in import ADDRESS_LIMIT, NAME_LIMIT, Browser, Candidate, MustWait
from orders_app.services.work import Actor
from tests.conftest import NOW, Acting
from tests.factories import a_team, a_user

HERE = Browser("192.0.2.7", "Firefox")
NOBODY = Actor(None, "Nobody signed in", Viewer(None))
MINUTE = timedelta(minutes=1)
IDLE = timedelta(minutes=30)


@pytest.fixture
def officer(acting: Acting) -> User:
    with acting() as work:
        return a_user(work, Role.PATROL, username="rahman", team=a_team(work))


def _attempt(acting: Acting, username: str = "rahman", *, now=NOW, browser: Browser = HERE) -> Candidate:
    with acting("user.sign_in_tried", now=now, actor=NOBODY) as work:
        return sign_in.begin_attempt(work, username=username, browser=browser)


def _opened(acting: Acting, officer: User, *, now=NOW, lasts: timedelta = timedelta(hours=12)) -> str:
    candidate = _attempt(acting, now=now)
    with acting("user.signed_in", now=now, actor=Actor(officer.id, "", Viewer(officer.id))) as work:
        return sign_in.open_session(work, candidate=candidate, browser=HERE, lasts=lasts)


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 16), (10, 32), (11, 60), (12, 60), (10_000, 60)]
)
def test_the_wait_doubles_up_to_an_hour(failures: int, minutes: int) -> None:
    assert sign_in.wait_after(failures, NAME_LIMIT) == minutes * MINUTE


@given(st.integers(0, 500))
def test_one_more_failure_never_shortens_the_wait(failures: int) -> None:
    for limit in (NAME_LIMIT, ADDRESS_LIMIT):
        assert sign_in.wait_after(failures, limit) <= sign_in.wait_after(failures + 1, limit) <= sign_in.LONGEST_WAIT
        assert limit.forgotten_after > sign_in.LONGEST_WAIT


@pytest.mark.parametrize("username", ["rahman", "nobody of this name"])
def test_the_fifth_failure_makes_the_name_wait_known_or_not(acting: Acting, officer: User, username: str) -> None:
    for _ in range(4):
        assert _attempt(acting, username).blocked_until is None
    assert _attempt(acting, username).blocked_until == NOW + MINUTE
    with pytest.raises(MustWait) as wait:
        _attempt(acting, username.upper())
    assert wait.value.until == NOW + MINUTE
    assert _attempt(acting, username, now=NOW + MINUTE).blocked_until == NOW + 3 * MINUTE


def test_an_address_waits_too_but_later(acting: Acting) -> None:
    for number in range(ADDRESS_LIMIT.free):
        _attempt(acting, f"somebody {number}")
    with pytest.raises(MustWait):
        _attempt(acting, "rahman")
    assert _attempt(acting, "rahman", browser=Browser("192.0.2.8")).blocked_until is None


def test_waiting_attempts_are_not_counted(acting: Acting, session: Session) -> None:
    for _ in range(5):
        _attempt(acting)
    for _ in range(3):
        with pytest.raises(MustWait):
            _attempt(acting)
    assert set(session.scalars(select(SignInThrottle.failures))) == {5}


def test_failures_are_forgotten(acting: Acting) -> None:
    for _ in range(4):
        _attempt(acting)
    later = NOW + NAME_LIMIT.forgotten_after
    assert [_attempt(acting, now=later).blocked_until for _ in range(4)] == [None] * 4


def test_a_right_password_takes_the_counts_back(acting: Acting, officer: User, session: Session) -> None:
    for _ in range(3):
        _attempt(acting)
    _opened(acting, officer)
    counts = {row.key.split(":")[0]: (row.failures, row.blocked_until_at) for row in session.scalars(select(SignInThrottle))}
    assert counts == {"name": (0, None), "address": (3, None)}


def test_what_was_typed_as_a_name_is_kept_nowhere(acting: Acting, session: Session) -> None:
    candidate = _attempt(acting, "my secret password")
    with acting("user.sign_in_failed", actor=NOBODY) as work:
        sign_in.attempt_failed(work, candidate=candidate, browser=HERE)
    assert "secret" not in str(session.scalars(select(SignInThrottle.key)).all())
    assert [row.changes for row in session.scalars(select(AuditEvent))] == [{"address": HERE.address}]


def test_a_user_made_inactive_is_nobody(acting: Acting, officer: User) -> None:
    with acting() as work:
        work.session.get_one(User, officer.id).is_active = False
    candidate = _attempt(acting)
    assert (candidate.user_id, candidate.password_hash) == (None, passwords.NOBODYS_HASH)


def test_a_lock_is_logged(acting: Acting, officer: User, session: Session) -> None:
    for _ in range(5):
        candidate = _attempt(acting)
    with acting("user.sign_in_failed", actor=NOBODY) as work:
        sign_in.attempt_failed(work, candidate=candidate, browser=HERE)
    logged = session.execute(select(AuditEvent.action, AuditEvent.subject_id).where(AuditEvent.action.startswith("user.sign")))
    assert logged.all() == [("user.sign_in_failed", officer.id), ("user.sign_in_locked", officer.id)]


def test_only_a_hash_of_the_token_is_kept(acting: Acting, officer: User, session: Session) -> None:
    token = _opened(acting, officer)
    row = session.scalars(select(UserSession)).one()
    assert token not in (row.token_hash, row.reference)
    assert row.token_hash == sign_in.token_hash(token)
    assert row.reference == sign_in.reference_of(token)


@pytest.mark.parametrize(
    ("later", "seen", "why"),
    [
        (timedelta(minutes=29), None, None), (IDLE, None, "idle"), (timedelta(hours=11), timedelta(hours=10, minutes=45), None),
        (timedelta(hours=12), timedelta(hours=11, minutes=45), "expired"),
    ],
)  # fmt: skip
def test_a_session_runs_out(
    acting: Acting,
    officer: User,
    session: Session,
    sessions: sessionmaker[Session],
    later: timedelta,
    seen: timedelta | None,
    why: str | None,
) -> None:
    token_hash = sign_in.token_hash(_opened(acting, officer))
    if seen:
        with sessions.begin() as writing:
            sign_in.note_seen(writing, session_id=1, at=NOW + seen)
    found = users.live_session(session, token_hash, now=NOW + later, idle=IDLE)
    assert (found is None) is (why is not None)
    assert users.why_ended(session, token_hash, now=NOW + later, idle=IDLE) == (why or "")


def test_who_a_session_belongs_to(acting: Acting, officer: User, session: Session) -> None:
    found = users.live_session(session, sign_in.token_hash(_opened(acting, officer)), now=NOW, idle=IDLE)
    assert found is not None
    assert (found.user_id, found.roles, found.team_id) == (officer.id, {Role.PATROL}, officer.team_id)
    assert users.why_ended(session, "no such hash", now=NOW, idle=IDLE) == ""


def test_use_is_noted_at_most_once_a_minute(acting: Acting, officer: User, session: Session, sessions: sessionmaker[Session]) -> None:
    _opened(acting, officer)
    for seconds in (30, 59, 60, 90):
        with sessions.begin() as writing:
            sign_in.note_seen(writing, session_id=1, at=NOW + timedelta(seconds=seconds))
    assert session.scalars(select(UserSession.last_seen_at)).one() == NOW + timedelta(seconds=60)


def test_sessions_are_ended_all_but_one(acting: Acting, officer: User, session: Session) -> None:
    tokens = [_opened(acting, officer) for _ in range(3)]
    with acting() as work:
        assert sign_in.end_sessions(work, user_id=officer.id, because="password_changed", except_session=2) == 2
        assert sign_in.end_sessions(work, user_id=officer.id, because="password_changed", except_session=2) == 0
    assert users.why_ended(session, sign_in.token_hash(tokens[0]), now=NOW, idle=IDLE) == "password_changed"
    assert session.scalars(select(UserSession.ended_because).order_by(UserSession.id)).all() == ["password_changed", "", "password_changed"]


@pytest.mark.parametrize("reference", ["", "no such one", "%"])
def test_a_session_is_ended_by_its_own_reference(acting: Acting, officer: User, reference: str) -> None:
    token = _opened(acting, officer)
    with acting() as work, pytest.raises(NotFound):
        sign_in.end_session(work, user_id=officer.id, reference=reference, because="signed_out")
    with acting() as work, pytest.raises(NotFound):
        sign_in.end_session(work, user_id=officer.id + 1, reference=sign_in.reference_of(token), because="signed_out")
    with acting() as work:
        sign_in.end_session(work, user_id=officer.id, reference=sign_in.reference_of(token), because="signed_out")


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "12 characters or more"), ("a" * 201, "200 characters or fewer"), ("AishaIsMyOwnName", "must not contain your name"),
        ("x4.rahman.2026!", "must not contain your name"), ("aaaaaaaaaaaaaaa", "tried first"), ("123456789012", "tried first"),
        ("Password12345!", "tried first"), ("qwertyuiopas", "tried first"), ("OrderWatch2026", "tried first"),
    ],
)  # fmt: skip
def test_weak_passwords_are_refused(password: str, said: str) -> None:
    with pytest.raises(RuleBroken, match=said):
        passwords.refuse_weak(password, field="new", names=("a.rahman", "Aisha Rahman"))


@pytest.mark.parametrize("password", ["correct horse battery staple", "Tŷ Gwyn 1987 hydref", "password is not all there is in here"])
def test_good_passwords_are_accepted(password: str) -> None:
    passwords.refuse_weak(password, field="new", names=("a.rahman", "Aisha Li"))


def test_generated_passwords_are_good_ones() -> None:
    made = {passwords.new_password() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        passwords.refuse_weak(password, field="new", names=())


def test_a_hash_is_checked_and_made_anew_when_settings_change() -> None:
    made = passwords.hash_password("Ａ full-width letter")
    assert passwords.is_right(made, "A full-width letter")
    assert not passwords.is_right(made, "a full-width letter")
    assert not passwords.is_right("not a hash", "anything")
    assert not passwords.is_outdated(made)
    assert passwords.is_outdated(made.replace("t=2", "t=1"))
