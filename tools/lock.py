"""Write the lock files again from pyproject.toml and package.json: `make lock`.

A lock pins every package by version and hash and names no host, so that it works behind any force's mirror.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "requirements"
COMPILE = [
    "pip",
    "compile",
    "--quiet",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
    "--no-annotate",
    "--no-config",
]
NPM = ["npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund", "--omit-lockfile-registry-resolved"]


def python_locks(uv: str, upgrade: bool) -> None:
    """The runtime lock is a part of the dev lock, so both always name the same versions."""
    dev = f"{FOLDER}/dev.lock"
    renew = ["--upgrade"] if upgrade else []
    run([uv, *COMPILE, *renew, "pyproject.toml", "--group=dev", f"--output-file={dev}"])
    run([uv, *COMPILE, *renew, "pyproject.toml", f"--constraints={dev}", f"--output-file={FOLDER}/runtime.lock"])
    for tool in ("uv", "node"):
        run([uv, *COMPILE, f"--group={tool}", f"--output-file={FOLDER}/{tool}.lock"])


def run(command: list[str]) -> None:
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    uv = shutil.which("uv", path=os.pathsep.join([os.environ.get("PATH", ""), str(ROOT / ".uv/bin")]))
    if uv is None:
        print("uv is missing: install uv, or run `python3 -m pip install --target .uv uv` in this folder.", file=sys.stderr)
        return 1
    python_locks(uv, upgrade="--upgrade" in sys.argv[1:])
    run(NPM)
    return 0


if __name__ == "__main__":
    sys.exit(main())
