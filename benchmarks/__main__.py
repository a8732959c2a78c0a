"""`make bench`: every measurement, one after another, each in a process of its own so that memory is its own."""

from __future__ import annotations

import argparse
import subprocess
import sys

MEASUREMENTS = (
    ("benchmarks.pages", "--size", "mean"),
    ("benchmarks.pages", "--size", "largest"),
    ("benchmarks.search",),
    ("benchmarks.import_rate",),
    ("benchmarks.sweep",),
    ("benchmarks.caseloads",),
    ("benchmarks.digest",),
)
EACH = "One alone: python -m " + ", ".join(dict.fromkeys(name for name, *_given in MEASUREMENTS)) + "; each takes --help."


def main() -> int:
    """Run all; the exit status is that of the worst."""
    argparse.ArgumentParser(prog="python -m benchmarks", description="Run every measurement, one after another.", epilog=EACH).parse_args()
    return max(subprocess.run([sys.executable, "-m", *measurement], check=False).returncode for measurement in MEASUREMENTS)


if __name__ == "__main__":
    sys.exit(main())
