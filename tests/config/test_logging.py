"""What is logged of an unexpected error: where it was, never what it said."""

from __future__ import annotations

import pytest

from config.logging import without_words


def _refused_by_the_database() -> None:
    try:
        raise KeyError("WHITTAKER, Callum")
    except KeyError as error:
        raise RuntimeError("Key (surname)=(WHITTAKER) already exists") from error


def test_the_trace_is_kept_and_the_words_are_not() -> None:
    with pytest.raises(RuntimeError) as caught:
        _refused_by_the_database()
    entry = without_words(None, "error", {"event": "unexpected error", "exc_info": caught.value})
    assert entry["fault"] == ["RuntimeError", "KeyError"]
    assert any("_refused_by_the_database" in place for place in entry["trace"])
    assert "WHITTAKER" not in str(entry)


def test_an_entry_without_an_error_is_left_alone() -> None:
    assert without_words(None, "info", {"event": "started"}) == {"event": "started"}
