"""The rows of a list of My work in words, band by band: one page of them on the screen, all of them on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from orders_app.queries import work_details, work_lists
from orders_app.queries.work_details import Holder
from orders_app.queries.work_lists import TEAM_HAS_IT, Tally, WorkFilter, WorkTab
from orders_app.rules.alerting import Band
from orders_app.web.session import now, read_session, viewer
from orders_app.web.work.listing import BAND_WORDS, Wanted
from orders_app.web.work.rows import Reader, RowWords, row_words

BandOfRows = tuple[str, str, int, list[RowWords]]


def holders_of(wanted: Wanted, numbers: Iterable[Tally]) -> dict[int, Holder]:
    """Who has something on a team's list; of nobody else's."""
    if wanted.tab is not WorkTab.TEAM:
        return {}
    return work_details.holders(read_session(), {one.holder_id for one in numbers} - {TEAM_HAS_IT})


def rows_by_band(
    wanted: Wanted, asked: WorkFilter, counts: Mapping[Band, int], *, first: int = 0, at_most: int, at: str = ""
) -> list[BandOfRows]:
    """Return the bands that have rows: name, words, how many it holds in all, and the rows. `at` is where what is done leads back to."""
    if not any(counts.values()):
        return []
    rows = work_lists.work_rows(read_session(), viewer(), now(), wanted.tab, asked, first=first, at_most=at_most)
    details = work_details.details_of(read_session(), viewer(), rows)
    reader = Reader(viewer().user_id, says_holder=wanted.tab is WorkTab.TEAM, at=at)
    said = [row_words(row, details, reader, now()) for row in rows]
    bands = [(band.value, BAND_WORDS[band], counts[band], [row for row in said if row.band is band]) for band in Band]
    return [band for band in bands if band[3]]
