"""What has been answered so far about a caseload. It is kept on the server, so nothing typed is lost and no address names anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask import redirect, url_for
from werkzeug.wrappers import Response

from orders_app.queries import caseloads
from orders_app.queries.caseload_summaries import made_of_draft
from orders_app.queries.caseloads import Held
from orders_app.queries.drafts import find_draft
from orders_app.services.drafts import begin_draft, save_draft
from orders_app.services.errors import NotFound
from orders_app.services.takers import held_by
from orders_app.web.session import act, now, read_session, viewer

KIND = "caseload"
ALL, SOME = "all", "some"
SHARE = "share"


class HandedOverAlready(RuntimeError):
    """What was begun is a hand-over by now; the message is its reference."""


@dataclass(frozen=True)
class Answers:
    """Whose caseload, whether all of it goes, what stays, to whom (a taker, or share: and a team), among whom, and the note."""

    username: str = ""
    goes: str = ""
    stays: tuple[str, ...] = ()
    to: str = ""
    among: tuple[str, ...] = ()
    note: str = ""

    @property
    def shared_in(self) -> str:
        """The name of the team among whose officers it is shared out; empty where it is not."""
        kind, _, name = self.to.partition(":")
        return name if kind == SHARE else ""

    def next_step(self) -> str:
        """The first step that is not answered."""
        asked = {"records": self.goes, "to": self.to, "among": self.among if self.shared_in else True, "note": self.note}
        return next((step for step, answer in asked.items() if not answer), "check")


@dataclass(frozen=True)
class OpenCaseload:
    """A draft with the officer it is about and what they have now."""

    token: str
    officer: Any
    answers: Answers
    everything: list[Held] = field(default_factory=list)

    @property
    def called(self) -> str:
        """The officer and their team."""
        return held_by(self.officer, self.officer.team)

    @cached_property
    def held(self) -> list[Held]:
        """What the reader may give away of it."""
        return [one for one in self.everything if caseloads.gives_away(viewer(), one.kind)]

    @property
    def kept_back(self) -> list[Held]:
        """What the reader may see and not give away."""
        return [one for one in self.everything if not caseloads.gives_away(viewer(), one.kind)]

    @property
    def going(self) -> list[Held]:
        """What is to go."""
        left = frozenset(self.answers.stays) if self.answers.goes == SOME else frozenset()
        return [one for one in self.held if one.reference not in left]

    def href(self, step: str) -> str:
        """The address of a step."""
        return url_for(f"caseloads.{step}", token=self.token)


def begin(username: str) -> str:
    """Begin with somebody's caseload. Return what stands for the draft in addresses."""
    with act("caseload.begun") as work:
        return begin_draft(work, kind=KIND, data=_data(Answers(username))).token


def open_caseload(token: str) -> OpenCaseload:
    """Return the reader's own draft with what the officer has now. Raises NotFound, HandedOverAlready."""
    draft = own_draft(token)
    answers = answers_in(draft.data) if draft else Answers()
    officer = caseloads.officer(read_session(), viewer(), answers.username) if draft else None
    if officer is None:
        raise NotFound(token)
    return OpenCaseload(token, officer, answers, caseloads.held(read_session(), viewer(), officer.id, now()))


def own_draft(token: str) -> Any:
    """The reader's own draft, or None. Raises HandedOverAlready where it became a hand-over in another window, or before Back."""
    draft = find_draft(read_session(), user_id=viewer().user_id, kind=KIND, token=token)
    if draft is None and (reference := made_of_draft(read_session(), viewer(), token)):
        raise HandedOverAlready(reference)
    return draft


def keep(opened: OpenCaseload, answers: Answers) -> None:
    """Keep what has been answered."""
    with act("caseload.draft_kept") as work:
        save_draft(work, kind=KIND, token=opened.token, data=_data(answers))


def go_on(opened: OpenCaseload, answers: Answers) -> Response:
    """Keep the answers and go to the first step that has none."""
    keep(opened, answers)
    return redirect(opened.href(answers.next_step()))


def answers_in(data: Mapping[str, Any]) -> Answers:
    """The answers in a draft's row."""
    stored: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    return Answers(**stored)


def _data(answers: Answers) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in vars(answers).items()}
