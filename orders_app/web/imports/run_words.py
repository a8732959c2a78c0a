"""A run in words: where it stands, what it did, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for

from orders_app.queries.imports import RunDetails
from orders_app.rules.access import Permission
from orders_app.rules.spreadsheets import KINDS
from orders_app.web.filters import at_about, number, plural
from orders_app.web.session import now, viewer

SHOWN = 50
STATE_TAGS = {
    "waiting": "Waiting to run",
    "running": "Running",
    "checked": "Ready",
    "done": "Imported",
    "refused": "Error",
    "failed": "Failed",
    "forgotten": "Ended",
}
WORDS = {
    ("people", "new"): ("new person", "new people"),
    ("people", "unchanged"): ("person on file already, with nothing to change", "people on file already, with nothing to change"),
    ("people", "used"): ("person on file, found by a number", "people on file, found by a number"),
    ("orders", "new"): ("new order", "new orders"),
    ("orders", "unchanged"): ("order on file already, with nothing to change", "orders on file already, with nothing to change"),
    ("orders", "added to"): ("order on file that gets something added", "orders on file that get something added"),
}
PAGES = {"people": ("people.show", Permission.PERSON_VIEW), "orders": ("orders.show", Permission.ORDER_VIEW)}


@dataclass(frozen=True)
class RunLine:
    """One run in the list of runs."""

    token: str
    file_name: str
    kind: str
    tag: str
    when: str
    what: str


def run_line(run: RunDetails) -> RunLine:
    """Return one run for the list."""
    what = plural(run.counts.get("errors", 0), "error") if run.state == "refused" else ", ".join(counted(run.counts))
    return RunLine(run.token, run.file_name, KINDS[run.kind].sheet_name, tag_of(run), at_about(run.created_at, now()), what)


def tag_of(run: RunDetails) -> str:
    """Return the state of a run, in a word of the list of states."""
    return "Up to date" if is_on_file(run) else STATE_TAGS[run.state]


def is_on_file(run: RunDetails) -> bool:
    """Whether a file was checked and every row of it is on file as it says."""
    found = run.counts.get("counts", {}).values()
    return run.state == "checked" and not any(count for counts in found for what, count in counts.items() if what != "unchanged")


def counted(counts: Mapping[str, Any]) -> list[str]:
    """Return what a file holds, one sentence part a kind of thing: "14 new orders"."""
    found = counts.get("counts", {})
    return [plural(found[kind][what], *words) for (kind, what), words in WORDS.items() if found.get(kind, {}).get(what)]


def recorded_links(counts: Mapping[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the first new records with their addresses, by kind; without those the reader may not open."""
    links = []
    for kind, references in counts.get("references", {}).items():
        endpoint, permission = PAGES[kind]
        if references and endpoint in current_app.view_functions and viewer().may(permission):
            links.append((kind, [(reference, url_for(endpoint, reference=reference)) for reference in references]))
    return links


def progress_words(run: RunDetails) -> str:
    """Return how far a run is."""
    if run.state == "waiting":
        return f"Waiting to start. {plural(run.rows_total, 'row')}. The scheduler begins within seconds"
    if run.state == "running":
        doing = "Checked" if run.is_dry_run else "Recorded"
        return (
            f"{doing} {number(run.rows_done)} of {plural(run.rows_total, 'row')}"
            if run.rows_done
            else f"Working on {plural(run.rows_total, 'row')}"
        )
    return ""


def not_read(counts: Mapping[str, Any]) -> list[str]:
    """Return what of the file was left aside."""
    said = []
    if counts.get("columns_not_read"):
        said.append(f"Columns not read: {', '.join(counts['columns_not_read'])}")
    if counts.get("sheets_not_read"):
        said.append(f"Sheets not read: {', '.join(counts['sheets_not_read'])}")
    return said
