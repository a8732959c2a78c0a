"""The `orderwatch` command, and the settings it needs on a developer's machine."""

import os
import secrets
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
DEVELOPMENT = "development"


def fill_in_development_settings() -> None:
    """Give development the settings nobody should have to type. Does nothing in any other mode.

    The secret is made once and kept in an ignored file, so that signing in outlives a restart.
    """
    if os.environ.setdefault("ORDERWATCH_ENV", DEVELOPMENT) != DEVELOPMENT:
        return
    VAR.mkdir(exist_ok=True)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # compiling everything anew makes each start take many seconds
    os.environ.setdefault("ORDERWATCH_IS_HTTPS", "false")
    if "ORDERWATCH_SECRET_KEY" not in os.environ:
        os.environ["ORDERWATCH_SECRET_KEY"] = _kept_secret(VAR / "secret_key")


def _kept_secret(path: Path) -> str:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32))
    return path.read_text().strip()


def main() -> int:
    """Run the program's command with those settings. Returns the exit status."""
    fill_in_development_settings()
    from scheduler.commands import main as orderwatch  # noqa: PLC0415 (after the settings are there)

    return orderwatch() or 0


if __name__ == "__main__":
    sys.exit(main())
