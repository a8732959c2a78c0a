"""Templates hold words and layout, in a form that a strict Content-Security-Policy lets through."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment

from tests.architecture.source_files import ROOT, files, name

TEMPLATES = files(".html")
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
# Joining strings for an `html` value either escapes everything or nothing: {% set %}…{% endset %} does it right.
JOINED_HTML = re.compile(r"""["']?html["']?\s*:\s*[^,}\n]*~""")
INLINE_STYLE = re.compile(r"<style\b|<[^>{%]*\sstyle\s*=", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE)
EVENT_ATTRIBUTE = re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE)
OTHER_HOST = re.compile(r"""(?:src|srcset)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE)
SAFE_FILTER = re.compile(r"""[^"'\s]\s*\|\s*safe\b""")  # a literal may be called safe: "<br>" | safe


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_it_can_be_parsed(path: Path):
    Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("forbidden", "instead"),
    [
        (JOINED_HTML, "set the html in a block: {% set text %}…{% endset %}"),
        (INLINE_STYLE, "use a class of app.css or pages.css"),
        (INLINE_SCRIPT, "use app.js"),
        (EVENT_ATTRIBUTE, "use app.js"),
        (OTHER_HOST, "serve it from static"),
        (SAFE_FILTER, "escape it, or make the markup in a block"),
    ],
    ids=["joined html", "inline style", "inline script", "event attribute", "other host", "safe filter"],
)
def test_no_template_has(forbidden: re.Pattern[str], instead: str):
    found = []
    for path in TEMPLATES:
        text = COMMENT.sub("", path.read_text(encoding="utf-8"))
        found += [f"{name(path)}: {match.group()} ({instead})" for match in forbidden.finditer(text)]
    assert found == []


def test_every_template_is_in_a_room_or_a_shared_folder():
    rooms = {path.name for path in (ROOT / "orders_app/web").iterdir() if path.is_dir()}
    known = rooms | {"components", "layouts", "errors", "emails"}
    pages = [path.relative_to(ROOT / "templates") for path in TEMPLATES if path.is_relative_to(ROOT / "templates")]
    assert [page.as_posix() for page in pages if len(page.parts) > 1 and page.parts[0] not in known] == []
    assert [page.as_posix() for page in pages if len(page.parts) == 1] == ["base.html"]
