"""Who would get what: worked out anew whenever the page is made, and saved exactly as it was shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from orders_app.queries import caseload_takers, caseloads
from orders_app.queries.assignees import TEAM, Colleague, at_work_in, colleagues
from orders_app.queries.caseload_takers import team_key
from orders_app.queries.caseloads import Held, Load
from orders_app.rules.sharing import share_out
from orders_app.services.caseloads import Give
from orders_app.services.takers import held_by, why_not_now
from orders_app.web.caseloads.drafting import OpenCaseload
from orders_app.web.caseloads.words import total
from orders_app.web.record_pages import PAGES
from orders_app.web.session import now, read_session, viewer

GONE = "Choose again who takes it over: whoever was chosen is not here any more"


@dataclass(frozen=True)
class Share:
    """What one taker gets, and what they have already; none of that for a team."""

    key: str
    called: str
    records: tuple[Held, ...]
    has: Load | None

    @property
    def load(self) -> Load:
        """What falls due on what they get."""
        return total(self.records)


@dataclass(frozen=True)
class Plan:
    """Everybody's share, and what cannot go with why. With a `problem` there is neither."""

    shares: tuple[Share, ...] = ()
    stays: tuple[tuple[Held, str], ...] = ()
    problem: str = ""

    @property
    def gives(self) -> list[Give]:
        """What the page carries, and the service saves."""
        return [Give(one.reference, one.version, share.key) for share in self.shares for one in share.records]


@dataclass(frozen=True)
class _Taker:
    called: str
    officers: tuple[Colleague, ...]


def colleagues_of(opened: OpenCaseload) -> list[Colleague]:
    """Everybody who could take it over: all but whose it is."""
    return [one for one in colleagues(read_session(), now()) if one.user.id != opened.officer.id]


def refusal_of(everybody: Sequence[Colleague], key: str) -> str:
    """Why an officer cannot take it now; empty where they can."""
    return next((why_not_now(one) for one in everybody if one.key == key), "")


def plan_of(opened: OpenCaseload) -> Plan:
    """Share out what goes among whoever was chosen."""
    everybody, answers = colleagues_of(opened), opened.answers
    wanted = list(answers.among) if answers.shared_in else [answers.to]
    refused = next((words for key in wanted if (words := refusal_of(everybody, key))), "")
    takers = _takers(everybody, wanted)
    if refused or len(takers) != len(wanted) or not takers:
        return Plan(problem=refused or GONE)
    going = caseload_takers.going(read_session(), viewer(), opened.going, {key: taker.officers for key, taker in takers.items()})
    shared = share_out(going, list(takers))
    held = {one.reference: one for one in opened.going}
    nobody = _nobody_words(takers, is_shared=bool(answers.shared_in))
    stays = tuple((held[one], f"{nobody} {_may_not(takers, held[one])}") for one in shared.stays)
    return Plan(_shares(takers, held, shared.gives), stays)


def _takers(everybody: Sequence[Colleague], wanted: Sequence[str]) -> dict[str, _Taker]:
    officers = {one.key: _Taker(_called(one, alone=len(wanted) == 1), (one,)) for one in everybody}
    teams = {team_key(one.team.name): one.team for one in everybody if one.team}
    found = {key: _Taker(team.name, tuple(at_work_in(everybody, team.id))) for key, team in teams.items()}
    known = officers | {key: taker for key, taker in found.items() if taker.officers}
    return {key: known[key] for key in wanted if key in known}


def _called(one: Colleague, *, alone: bool) -> str:
    """An officer with their team, which is said already where several share."""
    return held_by(one.user, one.team if alone else None)


def _shares(takers: Mapping[str, _Taker], held: Mapping[str, Held], gives: Mapping[str, str]) -> tuple[Share, ...]:
    officers = {key: taker.officers[0].user.id for key, taker in takers.items() if not key.startswith(f"{TEAM}:")}
    has = caseloads.loads(read_session(), viewer(), officers.values(), now()) if officers else {}
    each = {key: tuple(one for reference, one in held.items() if gives.get(reference) == key) for key in takers}
    return tuple(Share(key, taker.called, each[key], has.get(officers.get(key, 0))) for key, taker in takers.items())


def _nobody_words(takers: Mapping[str, _Taker], *, is_shared: bool) -> str:
    if is_shared:
        return "None of those who share it may"
    [(key, taker)] = takers.items()
    return f"Nobody at work in {taker.called} may" if key.startswith(f"{TEAM}:") else f"{taker.called} may not"


def _may_not(takers: Mapping[str, _Taker], one: Held) -> str:
    """What none of them may do: record on such a record, or see it."""
    records_on_it = any(one.kind in officer.kinds for taker in takers.values() for officer in taker.officers)
    return "see it" if records_on_it else f"work on {PAGES[one.kind].called}s"
