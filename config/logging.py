"""Logs: one JSON line for each entry on standard error, with the request or job it belongs to. Never personal data."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)
QUIET = ("alembic", "apscheduler")


def set_up_entries() -> None:
    """Send the program's own entries through the standard library's loggers."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def set_up_logging(level: int = logging.INFO) -> None:
    """Send the program's own entries and those of its libraries through one JSON formatter."""
    set_up_entries()
    writer = logging.StreamHandler(sys.stderr)
    writer.setFormatter(structlog.stdlib.ProcessorFormatter(processors=_written(), foreign_pre_chain=SHARED))
    root = logging.getLogger()
    root.handlers = [writer]
    root.setLevel(level)
    for library in QUIET:
        logging.getLogger(library).setLevel(logging.WARNING)


class WithoutAddresses(logging.Filter):
    """What the web server says of a request that broke, without its address: that may name a record, or open a calendar."""

    def filter(self, record: logging.LogRecord) -> bool:
        if str(record.msg).startswith("Error handling request"):
            record.msg, record.args = "Error handling a request", ()
        return True


def without_words(_logger: WrappedLogger, _name: str, entry: EventDict) -> EventDict:
    """Replace an exception by its kinds and the places it passed. Its words may name a person: databases quote what they refuse."""
    fault = entry.pop("exc_info", None)
    if fault is True:
        fault = sys.exc_info()
    error = fault[1] if isinstance(fault, tuple) else fault
    if isinstance(error, BaseException):
        chain = list(_chain(error))
        entry["fault"] = [type(one).__name__ for one in chain]
        entry["trace"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}" for one in chain for frame in traceback.extract_tb(one.__traceback__)
        ]
    return entry


def _chain(error: BaseException) -> Iterator[BaseException]:
    earlier: BaseException | None = error
    while earlier is not None:
        yield earlier
        earlier = earlier.__cause__ or earlier.__context__


def _written() -> list[Processor]:
    return [structlog.stdlib.ProcessorFormatter.remove_processors_meta, without_words, structlog.processors.JSONRenderer()]
