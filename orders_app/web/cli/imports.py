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
from orders_app.web.cli.output import at_the_command_line, print_json
from orders_app.web.session import act

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("import")
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("file", type=FILE, required=False)
@click.option("--dry-run", is_flag=True, help="Check everything and keep nothing.")
@click.option("--template", type=FILE, help="Write a blank file to fill in, .xlsx or .csv, and do nothing else.")
@with_appcontext
def import_command(kind: str, file: Path | None, dry_run: bool, template: Path | None) -> int:
    """Record the people or orders of a CSV or XLSX file: all of them, or none."""
    if template:
        template.write_bytes((blank_csv if template.suffix.lower() == ".csv" else blank_xlsx)(KINDS[kind]))
        print_json({"template": str(template)})
        return 0
    if file is None:
        raise click.ClickException("Name the file to import, or ask for a blank one with --template FILE")
    answer = _import(_read(file, kind), is_dry_run=dry_run)
    print_json(answer)
    return 1 if answer["errors"] else 0


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
