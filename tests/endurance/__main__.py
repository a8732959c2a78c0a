"""`python -m tests.endurance [--minutes 10] [--days 14] [--seed 1]`: prints what it came to as JSON; the exit status is 1 unless clean."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from pathlib import Path

from tests.endurance.faults import FAULTS
from tests.endurance.shift import Plan, endure
from tests.postgres import NoServer


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started here is stopped
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="how long it takes")
    parser.add_argument("--days", type=float, default=14, help="how many days go by meanwhile")
    parser.add_argument("--seed", type=int, default=1, help="the same seed breaks the same things at the same moments")
    parser.add_argument("--fault", choices=sorted(FAULTS), default="", help="break the program on purpose, to see that it is found")
    parser.add_argument("--logs", type=Path, help="a folder to keep the processes' logs in")
    given = parser.parse_args()
    try:
        found = endure(Plan(given.minutes * 60, given.days, given.seed, given.fault), keep_logs=given.logs)
    except NoServer as problem:
        print(problem, file=sys.stderr)
        return 1
    print(json.dumps(found.as_json(), indent=2, default=str))
    return int(not found.is_clean)


if __name__ == "__main__":
    sys.exit(main())
