"""Logs: one JSON line for each entry on standard error, with the request or job it belongs to. Never personal data."""

from __future__ import annotations

import logging
import sys

import structlog


def set_up_logging(level: int = logging.INFO) -> None:
    """Send the program's own entries and those of its libraries through one JSON formatter."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    writer = logging.StreamHandler(sys.stderr)
    writer.setFormatter(structlog.stdlib.ProcessorFormatter(processors=_written(), foreign_pre_chain=shared))
    root = logging.getLogger()
    root.handlers = [writer]
    root.setLevel(level)
    for library in ("alembic", "apscheduler"):
        logging.getLogger(library).setLevel(logging.WARNING)


def _written() -> list[structlog.types.Processor]:
    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(),
    ]
