"""The morning e-mails of a force: queued, composed and sent to a mail server on loopback. Prints JSON.

python -m benchmarks.digest [--size largest] [--on postgresql] [--on sqlite]
"""

from __future__ import annotations

import argparse
import json
import resource
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any, BinaryIO

from sqlalchemy import Engine, create_engine, event, update
from sqlalchemy.orm import Session

from benchmarks.databases import own_database
from benchmarks.force import LARGEST, MEAN, NOW, Size, build, settle
from config.mail import MailSettings, Security
from config.reference import Reference, load_reference
from orders_app.db import Base, writing_sessions
from orders_app.models import JobRun
from orders_app.queries import deliveries as queries
from orders_app.rules.schedule import EACH_MORNING
from orders_app.services import alerts, escalation
from orders_app.services.work import Work, begin_work
from scheduler.mail_jobs import Mailing, queue_digests
from scheduler.runner import ACTOR

SIZES = {"mean": MEAN, "largest": LARGEST}
ONE_IN = 500
AT = EACH_MORNING.following(NOW)


class MailServer:
    """Accepts whatever comes, and counts it."""

    def __init__(self) -> None:
        self.texts = self.bytes = self.connections = 0

    def serve(self, listening: socket.socket) -> None:
        """Answer one connection after another until the socket is closed."""
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            self.connections += 1
            with line, line.makefile("rb") as spoken:
                self._answer(line, spoken)

    def _answer(self, line: socket.socket, spoken: BinaryIO) -> None:
        line.sendall(b"220 ready\r\n")
        for command in spoken:
            verb = command[:4].upper()
            if verb == b"DATA":
                line.sendall(b"354 go ahead\r\n")
                self.bytes += sum(map(len, iter(spoken.readline, b".\r\n")))
                self.texts += 1
            line.sendall(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")


def measure(kind: str, size: Size) -> Iterator[dict[str, Any]]:
    """Return one row of figures for each step of a morning."""
    reference = load_reference()
    with own_database(kind) as url, _serving() as (server, port):
        engine = create_engine(url)
        build(engine, size)
        _make_hour_clocks(engine)
        _give_addresses(engine)
        force = _Force(engine, reference, port)
        force.step(lambda work: alerts.raise_alerts(work, stages=reference.stages))
        force.step(lambda work: escalation.escalate(work, stages=reference.stages))
        force.step(_note_the_check)
        settle(engine)
        about = {"database": kind, "size": size.name, "officers": size.officers}
        for name, do in force.morning().items():
            before = server.texts, server.bytes, server.connections
            yield about | {"step": name} | _measured(engine, do) | _served(server, before)
        engine.dispose()


class _Force:
    def __init__(self, engine: Engine, reference: Reference, port: int) -> None:
        self.sessions, self.reference = writing_sessions(engine), reference
        settings = MailSettings(
            mail_host="127.0.0.1", mail_port=port, mail_security=Security.NONE, mail_from="orderwatch@force.example",
            public_url="https://orderwatch.force.example",
        )  # fmt: skip
        self.mailing = Mailing(settings, reference.stages, "benchmark")

    def begin(self, action: str, **_given: Any) -> Any:
        return begin_work(self.sessions, actor=ACTOR, action=action, now=AT, law=self.reference.law)

    def step(self, do: Callable[[Work], Any]) -> Any:
        with self.begin("benchmark") as work:
            return do(work)

    def morning(self) -> dict[str, Callable[[], Any]]:
        """What a scheduler does: the e-mails about hour clocks first, then the digests, and then look whether there is more."""
        return {
            "hour clocks: queue and send": self._send,
            "digests: queue": lambda: self.step(lambda work: queue_digests(work, self.reference.stages)).counts,
            "digests: send": self._send,
            "a second run: queue": lambda: self.step(lambda work: queue_digests(work, self.reference.stages)).counts,
            "a second run: send": self._send,
            "is there anything to send": self._look,
        }

    def _send(self) -> Any:
        return self.mailing.send_mail(self.begin, ACTOR).counts

    def _look(self) -> dict[str, int]:
        with self.sessions() as session:
            return {"wanted": int(queries.has_something_to_do(session, self.reference.stages, AT))}


def _measured(engine: Engine, do: Callable[[], Any]) -> dict[str, Any]:
    statements = 0

    def count(*_: Any) -> None:
        nonlocal statements
        statements += 1

    event.listen(engine, "before_cursor_execute", count)
    started = perf_counter()
    done = do()
    seconds = perf_counter() - started
    event.remove(engine, "before_cursor_execute", count)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "seconds": round(seconds, 3), "statements": statements, "process_peak_mb": peak, "did": {k: v for k, v in done.items() if v},
    }  # fmt: skip


def _served(server: MailServer, before: tuple[int, int, int]) -> dict[str, int]:
    texts, size, connections = before
    return {"texts": server.texts - texts, "kilobytes": (server.bytes - size) // 1024, "connections": server.connections - connections}


def _note_the_check(work: Work) -> None:
    """Until the deadlines have been checked no digest goes."""
    work.session.add(
        JobRun(job=queries.CHECK, nominal_at=AT, claimed_by="benchmark", lease_until_at=AT, started_at=AT, finished_at=AT, outcome="done")
    )


def _make_hour_clocks(engine: Engine) -> None:
    """The force has none: one open deadline in so many becomes one."""
    deadlines = Base.metadata.tables["deadlines"]
    is_open = deadlines.c.met_by_id.is_(None) & deadlines.c.cancelled_at.is_(None)
    with Session(engine) as session, session.begin():
        some = update(deadlines).where(is_open, deadlines.c.id % ONE_IN == 0)
        session.connection().execute(some.values(alert_class="hour_clock", due_at=deadlines.c.act_by_at))


def _give_addresses(engine: Engine) -> None:
    """Every officer has one, and wants all there is."""
    users = Base.metadata.tables["users"]
    with Session(engine) as session, session.begin():
        session.connection().execute(update(users).values(email=users.c.username + "@force.example"))


@contextmanager
def _serving() -> Iterator[tuple[MailServer, int]]:
    server = MailServer()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.serve, args=(listening,), daemon=True)
        thread.start()
        yield server, listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
    thread.join()


def main() -> None:
    """Measure on each database asked for; both unless told otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="largest")
    parser.add_argument("--on", action="append", choices=("postgresql", "sqlite"))
    given = parser.parse_args()
    for kind in given.on or ("postgresql", "sqlite"):
        for row in measure(kind, SIZES[given.size]):
            print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
