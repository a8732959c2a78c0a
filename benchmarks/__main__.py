"""`make bench`: every measurement, one after another, each in a process of its own so that memory is its own."""

from __future__ import annotations

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


def main() -> int:
    """Run all; the exit status is that of the worst."""
    return max(subprocess.run([sys.executable, "-m", *measurement], check=False).returncode for measurement in MEASUREMENTS)


if __name__ == "__main__":
    sys.exit(main())
