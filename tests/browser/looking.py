"""What a page is looked at for: what axe finds, what is wider than the screen, what font it is in."""

from __future__ import annotations

from playwright.sync_api import Page

from config.settings import ROOT

AXE = ROOT / "node_modules/axe-core/axe.min.js"
RULES = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
TOO_WIDE = """w => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > w + 1)
              .slice(0, 6).map(e => e.tagName + '.' + e.className)"""
FONTS = "[...new Set([...document.querySelectorAll('body *')].map(e => getComputedStyle(e).fontFamily.split(',')[0]))]"


def complaints(page: Page) -> list[str]:
    """What axe finds, by rule."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RULES)["violations"]
    return [f"{fault['id']}: {[node['target'] for node in fault['nodes'][:4]]}" for fault in found]


def too_wide(page: Page, width: int) -> list[str]:
    """What makes the page wider than the screen; nothing when it fits."""
    wide = page.evaluate("document.documentElement.scrollWidth") > width
    return [f"{width}: {page.evaluate(TOO_WIDE, width)}"] if wide else []


def fonts(page: Page) -> list[str]:
    """The fonts in use."""
    used: list[str] = page.evaluate(FONTS)
    return used
