"""An officer and a colleague of one team, with deadlines in every band."""

from __future__ import annotations

from datetime import timedelta

from config.reference import load_reference
from orders_app.models import Deadline, JobRun, Team, User
from orders_app.services.alerts import raise_alerts
from orders_app.services.work import Work
from tests.factories import a_person, a_team, a_user, an_order
from tests.services.alert_cases import a_deadline, utc

STAGES = load_reference().stages


class Desk:
    """An officer and a colleague with deadlines in every band on real order types."""

    def __init__(self, work: Work) -> None:
        work.session.add(_ran(work))
        self.team: Team = a_team(work, name="Orders desk")
        self.officer: User = a_user(work, team=self.team, name="Aisha Rahman", username="aisha")
        self.colleague: User = a_user(work, team=self.team, name="Ben Okafor", username="ben")
        self.references: list[str] = []
        self.row(work, "late", utc(2026, 11, 20), alert_class="service", duty_key="service", surname="Tideswell")
        self.row(
            work, "soon", utc(2026, 11, 26), alert_class="review", duty_key="compliance_check", rule_class="policy", surname="Whittaker"
        )
        self.row(work, "later", utc(2026, 12, 10), alert_class="expiry", duty_key="order_ends", word="until", surname="Pritchard")
        raise_alerts(work, stages=STAGES)

    def row(self, work: Work, title: str, act_by_at: object, *, surname: str, access: str = "open", **columns: object) -> Deadline:
        person = a_person(work, surname=surname, forenames="Jason")
        owner_id = columns.pop("owner_id", self.officer.id)
        order = an_order(work, person=person, owner_id=owner_id, team_id=self.team.id, access=access)
        self.references.append(order.reference)
        return a_deadline(work, act_by_at=act_by_at, order=order, title=title, **columns)  # type: ignore[arg-type]


def _ran(work: Work) -> JobRun:
    at = work.now - timedelta(minutes=4)
    return JobRun(
        job="raise_alerts",
        nominal_at=at,
        claimed_by="x",
        lease_until_at=at,
        started_at=at,
        finished_at=at,
        outcome="done",
        counts={},
        detail="",
    )
