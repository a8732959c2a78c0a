"""The machine's Chromium, for tests that open pages. Playwright drives it; Playwright's own browsers are never downloaded."""

from __future__ import annotations

import os
import shutil

VARIABLE = "CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WHAT_TO_INSTALL = f"no Chromium: install chromium and fonts-liberation, or set {VARIABLE} to the browser's path."
# It talks to nobody but the page under test.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-default-browser-check",
    "--no-first-run",
)


def find_chromium() -> str | None:
    """Return the path of a Chromium, or None."""
    given = os.environ.get(VARIABLE)
    if given:
        return shutil.which(given)
    return next((found for found in map(shutil.which, NAMES) if found), None)
