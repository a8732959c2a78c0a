"""Files as they come: encodings, separators, titles, workbooks; and files that are refused before they are opened."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from orders_app.rules.spreadsheets import KINDS
from orders_app.rules.spreadsheets.headings import known_headings
from orders_app.services.imports.blank_files import blank_csv, blank_xlsx
from orders_app.services.imports.excel import LARGEST_RATIO
from orders_app.services.imports.problems import FileRefused, Problems, RowProblem, column_letter
from orders_app.services.imports.reading import read_file
from orders_app.services.imports.whole_file import read_whole
from tests.services.import_files import a_csv, a_workbook

pytestmark = pytest.mark.on_sqlite

HEADINGS = ("Our key", "Surname", "Forenames", "Date of birth")


def surnames(content: bytes) -> list[str]:
    return [row.get("surname") for row in read_whole(content, "people").tables["people"].rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_separators(encoding, delimiter):
    content = a_csv(HEADINGS, ("N-1", "Müller", "Zoë, Anne; Marie", "1/2/1990"), encoding=encoding, delimiter=delimiter)
    assert surnames(content) == ["Müller"]


def test_the_headings_say_which_separator_it_is():
    content = b"Our reference,Condition,Kind\nA,Not to go; not to ring; not to write; not to speak,Prohibition\n"
    (row,) = read_whole(content, "conditions").tables["conditions"].rows
    assert row.get("text") == "Not to go; not to ring; not to write; not to speak"


def test_excels_own_line_about_the_separator():
    assert surnames(b"sep=;\r\nSurname;Forenames\r\nMarsh;Anna\r\n") == ["Marsh"]


def test_a_title_and_empty_rows_are_passed_over_and_rows_keep_their_numbers():
    book = read_whole(b"Nominal list 2026,,\n,,\nSurname,Forenames,DOB\n,,\nMarsh,Anna,1/2/2001\n", "people")
    assert [row.number for row in book.tables["people"].rows] == [5]


def test_a_workbook_is_taken_whole_and_other_sheets_are_named():
    content = a_workbook(
        Notes=[["hello"]], Orders=[["Our ref", "Type"], ["A", "SPO"]], protected_people=[["Our ref", "Person"], ["A", "N-1"]]
    )
    book = read_whole(content, "orders")
    assert set(book.tables) == {"orders", "protected-people"}
    assert book.sheets_not_read == ("Notes",)


def test_a_workbook_with_one_sheet_of_any_name():
    assert surnames(a_workbook(Sheet1=[HEADINGS, ["N-1", "Marsh", "Anna", "1/2/2001"]])) == ["Marsh"]


def test_a_hidden_sheet_is_not_read_and_named():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet("People").write_row(0, 0, ["Surname"])
        book.get_worksheet_by_name("People").write_row(1, 0, ["Marsh"])
        hidden = book.add_worksheet("Orders")
        hidden.write_column(0, 0, ["Our ref", "A"])
        hidden.hide()
    book = read_whole(content.getvalue(), "people")
    assert (set(book.tables), book.sheets_not_read) == ({"people"}, ("Orders (hidden)",))
    with pytest.raises(FileRefused, match=r"no sheet named 'Orders' with anything on it. Its sheets are: People, Orders \(hidden\)"):
        read_whole(content.getvalue(), "orders")


def test_merged_cells_are_refused_where_a_value_would_be_lost():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("People")
        sheet.merge_range("A1:C1", "Nominals of Northmere")
        sheet.write_row(1, 0, ["Surname", "Forenames", "Remarks"])
        sheet.write_column(2, 0, ["Marsh", "Hale"])
        sheet.merge_range("B3:B4", "Anna")
        sheet.merge_range("C3:C4", "not read")
    book = read_whole(content.getvalue(), "people")
    (problem,) = book.problems
    assert (problem.row, problem.letter, problem.column) == (3, "B", "Forenames")
    assert problem.message == "B3 to B4 are merged. Unmerge them, and give every row its own value"


def test_problems_are_listed_as_somebody_goes_through_the_file():
    problems = Problems()
    for sheet, row, letter in (("People", 9, "B"), ("Orders", 3, "AA"), ("People", 2, "C"), ("People", 9, "A"), ("Orders", 3, "B")):
        problems.add(RowProblem(sheet, row, "", "", letter))
    listed = [(problem.sheet, problem.row, problem.letter) for problem in problems]
    assert listed == [("People", 2, "C"), ("People", 9, "A"), ("People", 9, "B"), ("Orders", 3, "B"), ("Orders", 3, "AA")]


def test_formulas_are_kept_as_text():
    assert surnames(a_csv(HEADINGS, ("N-1", '=HYPERLINK("x")', "", ""))) == ['=HYPERLINK("x")']


def test_a_row_with_too_many_cells():
    book = read_whole(b"Surname,Forenames\nMarsh,Anna,Jo\n", "people")
    assert "more cells than there are headings" in next(iter(book.problems)).message


def zipped(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in parts.items():
            book.writestr(name.replace("__", "/").replace("_xml", ".xml"), part)
    return content.getvalue()


FAR_CELL = b'<worksheet><sheetData><row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row></sheetData></worksheet>'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty"),
        (b"  \n \n", "The file is empty"),
        (b"a\x00b", "not a spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff", "This is a picture"),
        (b"%PDF-1.7", "This is a PDF document"),
        (b"\xef\xbb\xbf  <html><table>", "This is a web page"),
        (b"Surname,Forenames\n,\n", "nothing under the headings"),
        (a_workbook(People=[]), "The file is empty"),
        (a_workbook(People=[], Orders=[["Our ref"], ["A"]]), "no sheet named 'People'"),
        (b"\x81\x8d\x8f,\xff", "neither UTF-8 nor Windows-1252"),
        (b'Surname\n"Marsh', "check its quotation marks"),
        (b"\xd0\xcf\x11\xe0\xa1", "without a password"),
        (b"PK\x03\x04 nonsense", "not an Excel workbook"),
        (zipped(content_xml=b"<x/>"), "not an Excel workbook"),
        (zipped(xl__workbook_xml=b"<broken"), "damaged"),
        (zipped(xl__workbook_xml=b"<x/>", big=b"0" * (1024 * 1024 * (LARGEST_RATIO // 50))), "unpacks to far more"),
        (zipped(xl__workbook_xml=b"<x/>", xl__worksheets__sheet1_xml=FAR_CELL), "Delete the empty rows and columns"),
        (a_workbook(Sheet1=[]), "The file is empty"),
        (a_workbook(Orders=[["Our ref"], ["A"]]), "no sheet named 'People'"),
    ],
)  # fmt: skip
def test_files_that_are_refused(content, says):
    with pytest.raises(FileRefused) as refused:
        read_whole(content, "people")
    assert says in refused.value.message


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_blank_files_can_be_read_back(kind):
    for content in (blank_csv(kind), blank_xlsx(kind)):
        assert known_headings(kind, read_file(content)[0].rows[0]) == len(kind.columns)
        with pytest.raises(FileRefused, match="nothing under the headings"):
            read_whole(content, kind.code)
    guide = read_file(blank_xlsx(kind))[1]
    assert [row[0] for row in guide.rows[1:]] == [column.heading for column in kind.columns]


@pytest.mark.parametrize(("position", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_column_letters(position, letters):
    assert column_letter(position) == letters
