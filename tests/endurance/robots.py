"""What officers do, over the program's own pages, each act written down with what they were told of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from orders_app.rules.wording import LONDON
from tests.endurance.browser import Answer, Browser, Unanswered
from tests.endurance.clock import FastClock
from tests.endurance.filling import filled
from tests.endurance.force import PASSWORD, Officer
from tests.endurance.ledger import Act, Became, Ledger
from tests.web.reading import Page

MEAN_SECONDS_BETWEEN = 0.4
WORKS_FOR, RESTS_FOR = 7.0, 4.0
WRONG_PASSWORDS_FOR = timedelta(minutes=45)
TERM = {"short_form": "No contact", "kind": "prohibition", "end": "order", "library": "own"}


@dataclass
class Robot:
    """One officer at a browser. It works a while and rests a while, so that there are moments at which nothing moves."""

    officer: Officer
    colleagues: list[str]
    people: list[str]
    browser: Browser
    fast: FastClock
    ledger: Ledger
    rng: Random
    number: int
    done: int = 0
    acts: dict[str, Callable[[], None]] = field(init=False)

    def __post_init__(self) -> None:
        self.acts = {
            "acknowledge": self.acknowledge, "note": self.note, "snooze": self.snooze, "assign": self.assign,
            "meet": self.meet, "record": self.record, "mistype": self.mistype,
        }  # fmt: skip

    def work(self, began: float, is_over: threading.Event) -> None:
        """Act until told that it is over."""
        while not is_over.wait(self.rng.expovariate(1 / MEAN_SECONDS_BETWEEN)):
            if (time.monotonic() - began) % (WORKS_FOR + RESTS_FOR) > WORKS_FOR:
                continue
            name = self.rng.choices(list(self.acts), (5, 3, 3, 3, 10, 2, 2))[0]
            try:
                self.acts[name]()
            except (Unanswered, LookupError):
                continue

    def acknowledge(self) -> None:
        """Up to three alerts of the list."""
        seen = [value["value"] for _, value in self._list().tags if value.get("name") == "seen" and value.get("value")]
        for one in self.rng.sample(sorted(set(seen)), min(len(set(seen)), 3)):
            self._traced("alert.acknowledged", one.split("/")[0], "/work/acknowledge", {"seen": one}, says="1 alert acknowledged")

    def assign(self) -> None:
        """A deadline, to a colleague."""
        address = self._a_deadline()
        page = self._open(f"{address}/assign")
        others = [one for one in self.colleagues if one != page.inputs.get("former")]
        fields = {**page.inputs, "username": self.rng.choice(others)}
        self._traced("deadline.assigned", address.split("/")[2], f"{address}/assign", fields, says="Assigned to")

    def note(self) -> None:
        """A few words beside a deadline."""
        address = f"{self._a_deadline()}/note"
        mark = self._mark()
        self._marked("note", mark, address, {**self._open(address).inputs, "text": mark})

    def snooze(self) -> None:
        """Quiet for some days."""
        address = f"{self._a_deadline()}/snooze"
        mark = self._mark()
        until = (self.fast.now() + timedelta(days=self.rng.randrange(1, 6))).astimezone(LONDON)
        day = {"until_on-day": str(until.day), "until_on-month": str(until.month), "until_on-year": str(until.year)}
        self._marked("snooze", mark, address, {**self._open(address).inputs, **day, "reason": mark})

    def meet(self) -> None:
        """Record what a deadline asks for, on the form that it leads to."""
        page = self._open(self._a_deadline())
        forms = [href for _, href in page.links if "/record/" in href]
        address, mark = self.rng.choice(forms), self._mark()
        self._marked("event", mark, address, filled(self._open(address), self.fast.now(), self.rng, note=mark))

    def record(self) -> None:
        """A stalking protection order, step by step; its court has a name of its own."""
        mark, today = self._mark(), (self.fast.now() - timedelta(hours=1)).astimezone(LONDON)
        token = {"csrf_token": self._open("/orders/new").inputs["csrf_token"]}
        subject, partner = self.rng.sample(self.people, 2)
        base = self.browser.post("/orders/new", {**token, "person": subject}).location.rsplit("/", 1)[0]
        made = {"made_on-day": str(today.day), "made_on-month": str(today.month), "made_on-year": str(today.year)}
        steps: list[tuple[str, dict[str, str]]] = [
            ("type", {"order_type": "spo"}),
            ("follows", {"follows": "none"}),
            ("court", {"court": mark, "is_present_or_represented": "yes", "is_without_notice": "no", **made}),
            ("ends", {"end_kind": "until_further_order"}),
            ("protected", {"person": partner, "relationship": "former partner"}),
            ("conditions", TERM | {"words": "Not to contact her."}),
            ("owner", {"team": self.officer.team, "owner": self.officer.username}),
        ]
        for step, fields in steps:
            self.browser.post(f"{base}/{step}", {**token, **fields, "do": "next"})
        self._marked("order", mark, f"{base}/check", token)

    def mistype(self) -> None:
        """Somebody else's password, wrong again and again, until signing in is paused for half an hour."""
        stranger, whose = Browser(self.browser.port, self.browser.traffic), self.rng.choice(self.colleagues)
        token = stranger.get("/sign-in").page.inputs["csrf_token"]
        until = self.fast.now() + WRONG_PASSWORDS_FOR
        while self.fast.now() < until:
            stranger.post("/sign-in", {"csrf_token": token, "username": whose, "password": "not this one"})

    def _list(self) -> Page:
        return self._open(f"/work?tab={self.rng.choice(('mine', 'team'))}")

    def _a_deadline(self) -> str:
        """The address of one on the list. Raises LookupError where there is none."""
        addresses = {href.split("?")[0].removesuffix("/assign") for _, href in self._list().links if href.startswith("/work/")}
        return self.rng.choice(sorted(one for one in addresses if one.count("/") == 3))

    def _open(self, address: str) -> Page:
        """A page, signed in first where need be. Raises LookupError where there is no such page."""
        answer = self.browser.get(address)
        if answer.location.split("?")[0].endswith("/sign-in"):
            self._sign_in()
            answer = self.browser.get(address)
        if answer.status != 200:
            raise LookupError(address)
        return answer.page

    def _sign_in(self) -> None:
        self.browser.forget()
        token = self.browser.get("/sign-in").page.inputs["csrf_token"]
        self.browser.post("/sign-in", {"csrf_token": token, "username": self.officer.username, "password": PASSWORD})

    def _marked(self, what: str, mark: str, address: str, fields: dict[str, str]) -> None:
        try:
            answer = self.browser.post(address, fields)
        except Unanswered:
            self.ledger.write(Act(what, Became.UNKNOWN, mark))
            raise
        self.ledger.write(Act(what, Became.DONE if _was_done(answer) else Became.REFUSED, mark))

    def _traced(self, what: str, reference: str, address: str, fields: dict[str, str], *, says: str) -> None:
        """An act without words of its own: it counts as done where the next page says so."""
        since, became = self.fast.now(), Became.UNKNOWN
        try:
            fields = fields if "csrf_token" in fields else {**fields, "csrf_token": self._open("/work").inputs["csrf_token"]}
            answer = self.browser.post(address, fields)
            told = self.browser.get(answer.location).text if _was_done(answer) else ""
            became = Became.DONE if says in told else Became.REFUSED
        finally:
            self.ledger.write(Act(what, became, "", self.officer.id, reference, since, self._after()))

    def _after(self) -> datetime:
        return self.fast.now()

    def _mark(self) -> str:
        self.done += 1
        return f"robot {self.number} act {self.done:05}."


def _was_done(answer: Answer) -> bool:
    return bool(answer.location) and not answer.location.split("?")[0].endswith("/sign-in")
