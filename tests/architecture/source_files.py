"""The project's own files, as the tests of this folder read them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = ("orders_app", "scheduler", "config", "migrations", "templates", "tests", "tools", "benchmarks")
BUILT = ROOT / "orders_app/web/static/vendor"


def files(*suffixes: str) -> list[Path]:
    """Return our files with one of these suffixes, in order. Nothing that is installed or built."""
    found = (path for folder in OURS for path in (ROOT / folder).rglob("*") if path.suffix in suffixes)
    return sorted(path for path in found if not path.is_relative_to(BUILT) and "__pycache__" not in path.parts)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
