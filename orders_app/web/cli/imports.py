"""`orderwatch import`: a spreadsheet in, from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from tqdm import tqdm

from orders_app.rules.spreadsheets import KINDS
from orders_app.services.imports.blank_files import blank_csv, blank_xlsx
from orders_app.services.imports.problems import FileRefused
from orders_app.services.imports.runs import import_content
from orders_app.services.imports.tables import Book
from orders_app.services.imports.whole_file import read_whole
from orders_app.web.cli.database import insist_on_tables
from orders_app.web.cli.output import at_the_command_line, print_json
from orders_app.web.session import act

FILE = click.Path(path_type=Path, dir_okay=False)
BLANKS = {".csv": blank_csv, ".xlsx": blank_xlsx}


@click.command("import")
@click.argument("kind", type=click.Choice(list(KINDS)), metavar="KIND")
@click.argument("file", type=FILE, required=False)
@click.option("--dry-run", is_flag=True, help="Check everything and keep nothing.")
@click.option("--template", type=FILE, help="Write a blank file to fill in, a new .xlsx or .csv, and do nothing else.")
@with_appcontext
def import_command(kind: str, file: Path | None, dry_run: bool, template: Path | None) -> int:
    """Record what a CSV or XLSX file holds: all of it, or nothing.

    KIND is people, orders, conditions, protected-people or events. Errors are listed by sheet, row and column.
    """
    if template:
        _write_template(kind, template)
        return 0
    if file is None:
        raise click.ClickException("Name the file to import, or ask for a blank one with --template FILE")
    insist_on_tables()
    answer = _import(_read(file, kind), is_dry_run=dry_run)
    print_json(answer)
    return 1 if answer["errors"] else 0


def _write_template(kind: str, path: Path) -> None:
    make = BLANKS.get(path.suffix.lower())
    if make is None:
        raise click.ClickException(f"{path}: a template is a .xlsx or a .csv file")
    try:
        with path.open("xb") as new:
            new.write(make(KINDS[kind]))
    except FileExistsError as fault:
        raise click.ClickException(f"{path} is there already, and is left as it is") from fault
    except OSError as fault:
        raise click.ClickException(f"{path} cannot be written: {fault.strerror}") from fault
    print_json({"template": str(path)})


def _read(file: Path, kind: str) -> Book:
    try:
        return read_whole(file.read_bytes(), kind)
    except OSError as fault:
        raise click.ClickException(f"{file} cannot be read: {fault.strerror}") from fault
    except FileRefused as refused:
        raise click.ClickException(refused.message) from refused


def _import(book: Book, *, is_dry_run: bool) -> dict[str, Any]:
    with tqdm(total=book.row_count, desc="Checking" if is_dry_run else "Importing", unit=" rows", leave=False) as bar:
        outcome = import_content(act, at_the_command_line(), book, is_dry_run=is_dry_run, progress=lambda done: _show(bar, done))
    listed = [problem.as_json() for problem in outcome.problems]
    return {
        **outcome.as_json(),
        "is_dry_run": is_dry_run,
        "is_recorded": not (is_dry_run or listed),
        "errors": listed,
        "error_count": outcome.problems.count,
    }


def _show(bar: tqdm[Any], done: int) -> None:
    bar.update(done - bar.n)
