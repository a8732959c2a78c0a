"""`orderwatch import`: JSON out, errors and exit status 1, blank files, nothing kept when dry."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from orders_app.models import AuditEvent, Person
from orders_app.web.cli import main
from tests.services.import_files import CALLUM, people
from tests.web.test_commands import installed

__all__ = ["installed"]
pytestmark = pytest.mark.usefixtures("installed")


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(people())
    return path


def test_a_file_is_recorded(sheet, capsys, session):
    assert main(["import", "people", str(sheet)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["counts"], said["errors"], said["is_recorded"]) == ({"people": {"new": 2}}, [], True)
    assert session.scalars(select(Person.surname).order_by(Person.id)).all() == ["Whittaker", "Marsh"]
    actors = set(session.scalars(select(AuditEvent.actor)))
    assert all(actor.startswith("Command line, ") for actor in actors)


def test_a_dry_run_keeps_nothing(sheet, capsys, session):
    assert main(["import", "people", str(sheet), "--dry-run"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["is_dry_run"], said["is_recorded"]) == (True, False)
    assert session.scalars(select(Person)).all() == []


def test_errors_are_listed_and_the_status_is_1(sheet, capsys, session):
    sheet.write_bytes(people(CALLUM, ("N-2", "Marsh", "Anna", "31/02/2001", "")))
    assert main(["import", "people", str(sheet)]) == 1
    said = json.loads(capsys.readouterr().out)
    (error,) = said["errors"]
    assert (error["sheet"], error["row"], error["column"], error["letter"]) == ("People", 3, "Date of birth", "D")
    assert error["message"] == "'31/02/2001': February 2001 has 28 days. Enter a day from 1 to 28"
    assert session.scalars(select(Person)).all() == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["import", "people"], "--template FILE"),
        (["import", "nothing", "x.csv"], "'nothing' is not one of"),
        (["import", "people", "missing.csv"], "missing.csv cannot be read"),
        (["import", "people", "--template", "blank.doc"], "a template is a .xlsx or a .csv file"),
        (["import", "people", "--template", "no/where.csv"], "where.csv cannot be written: No such file"),
    ],
)
def test_what_cannot_be_done(arguments, says, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 1
    assert says in capsys.readouterr().err


def test_a_file_that_is_no_spreadsheet(sheet, capsys):
    sheet.write_bytes(b"\xd0\xcf\x11\xe0")
    assert main(["import", "people", str(sheet)]) == 1
    assert "Save it as an Excel workbook" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "begins"), [("blank.xlsx", b"PK"), ("blank.csv", b"\xef\xbb\xbfOur reference,Type")])
def test_blank_files(name, begins, capsys, tmp_path):
    assert main(["import", "orders", "--template", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_bytes().startswith(begins)
    assert json.loads(capsys.readouterr().out) == {"template": str(tmp_path / name)}


def test_a_template_is_never_laid_over_a_file(sheet, capsys):
    filled = sheet.read_bytes()
    assert main(["import", "people", "--template", str(sheet)]) == 1
    assert "is there already, and is left as it is" in capsys.readouterr().err
    assert sheet.read_bytes() == filled
