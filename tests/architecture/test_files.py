"""Files stay short, are named after their subject, and import at the top."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source_files import ROOT, files, functions, name, tree

LONGEST_FILE = 300
LONGEST_VIEW = 25
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "handler", "handlers", "base", "misc"}
WITH_LATE_IMPORTS = {"bootstrap", "tools/launch.py"}
# A migration is written once and never touched again.
READ_BY_PEOPLE = [ROOT / "bootstrap", *(path for path in files(".py", ".html", ".js", ".css") if path.parent.name != "versions")]
MACHINERY = ("flask", "sqlalchemy", "wtforms", "alembic", "apscheduler", "pydantic")


@pytest.mark.parametrize("path", READ_BY_PEOPLE, ids=name)
def test_no_file_is_longer_than_can_be_read_at_once(path: Path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_no_module_has_a_name_that_says_nothing():
    assert [name(path) for path in files(".py") if path.stem in VAGUE_NAMES or path.parent.name in VAGUE_NAMES] == []


def _is_view(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(
        "route" in ast.unparse(mark) or ".get(" in ast.unparse(mark) or ".post(" in ast.unparse(mark) for mark in function.decorator_list
    )


def test_no_view_is_long():
    views = [(path, function) for path in files(".py") if "web" in path.parts for function in functions(path) if _is_view(function)]
    long = [f"{name(path)}: {view.name}" for path, view in views if (view.end_lineno or 0) - view.lineno >= LONGEST_VIEW]
    assert long == []


def test_imports_are_at_the_top():
    late = [
        f"{name(path)}: {function.name}"
        for path in files(".py")
        if name(path) not in WITH_LATE_IMPORTS
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert late == []


def test_nothing_is_imported_for_types_alone():
    assert [name(path) for path in files(".py") if path != Path(__file__) and "TYPE_CHECKING" in ast.dump(tree(path))] == []


def test_reading_the_law_loads_no_machinery():
    program = f"import sys; import orders_app.rules.order_types; print([n for n in {MACHINERY!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_law_imports_the_standard_library_alone():
    outside = {
        f"{name(path)}: {module}"
        for path in files(".py")
        if path.is_relative_to(ROOT / "orders_app/rules")
        for module in _imported(path)
        if module.split(".")[0] not in sys.stdlib_module_names and not module.startswith("orders_app.rules")
    }
    assert outside == set()


def _imported(path: Path) -> set[str]:
    nodes = list(ast.walk(tree(path)))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}


def test_the_clock_is_read_in_one_place():
    reading = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today"}
    readers = [
        f"{name(path)}:{node.lineno}"
        for path in files(".py")
        if path.parts[len(ROOT.parts)] in {"orders_app", "scheduler", "config"} and name(path) != "orders_app/clock.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).removeprefix("datetime.") in reading
    ]
    assert readers == []
