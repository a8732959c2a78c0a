"""Hand in a spreadsheet, see what it would do, record it; and the blank spreadsheets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, url_for
from flask_login import current_user

from orders_app.queries import imports as queries
from orders_app.queries.imports import RunDetails
from orders_app.rules.access import Permission
from orders_app.rules.spreadsheets import KINDS
from orders_app.services.errors import RuleBroken
from orders_app.services.imports import runs
from orders_app.services.imports.blank_files import blank_csv, blank_xlsx, described
from orders_app.services.imports.progress import rows_done
from orders_app.web.access import requires
from orders_app.web.csv_file import csv_file
from orders_app.web.fields import refuse
from orders_app.web.imports.forms import ImportForm
from orders_app.web.imports.run_words import SHOWN, counted, is_on_file, not_read, progress_words, recorded_links, run_line, tag_of
from orders_app.web.paging import paging
from orders_app.web.session import act, read_session, viewer

blueprint = Blueprint("imports", __name__, url_prefix="/imports")
PROBLEM_HEADINGS = ("Sheet", "Row", "Column letter", "Column", "What to mend", "Law")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.route("/", methods=["GET", "POST"])
@requires(Permission.IMPORT_RUN)
def index() -> Any:
    """Hand in a file; the files handed in so far; blank files."""
    form = ImportForm()
    if form.validate_on_submit():
        try:
            return redirect(url_for("imports.show", token=_received(form)))
        except RuleBroken as refusal:
            refuse(form, refusal)
    page = paging(queries.count_runs(read_session(), viewer()))
    mine = queries.runs_started_by(read_session(), viewer(), page.size, page.skipped)
    return render_template("imports/index.html", form=form, runs=[run_line(run) for run in mine], page=page, kinds=list(KINDS.values()))


@blueprint.get("/<token>")
@requires(Permission.IMPORT_RUN)
def show(token: str) -> str:
    """One file: how far it is, what it would do or did, and what is wrong with it."""
    run = _mine(token)
    return render_template(
        "imports/show.html", run=run, tag=tag_of(run), is_on_file=is_on_file(run), kind=KINDS[run.kind], counted=counted(run.counts),
        problems=run.errors[:SHOWN], problem_count=run.counts.get("errors", len(run.errors)), progress=progress_words(run),
        links=recorded_links(run.counts), not_read=not_read(run.counts),
    )  # fmt: skip


@blueprint.post("/<token>/confirm")
@requires(Permission.IMPORT_RUN)
def confirm(token: str) -> Any:
    """Record a file that was checked."""
    with act("import.confirmed") as work:
        run = runs.confirm(work, token=token)
        run_id, is_small = run.id, runs.is_small(run)
    if is_small:
        runs.carry_out(act, run_id, current_user.actor)
    return redirect(url_for("imports.show", token=token))


@blueprint.get("/<token>/progress")
@requires(Permission.IMPORT_RUN)
def progress(token: str) -> Response:
    """How far a file is, for the script on its page."""
    run = _mine(token)
    return jsonify(is_over=run.state not in ("waiting", "running"), words=progress_words(run), tag=tag_of(run))


@blueprint.get("/<token>/errors.csv")
@requires(Permission.IMPORT_RUN)
def errors(token: str) -> Response:
    """Everything wrong with a file, to work through beside it."""
    rows = ([p["sheet"], str(p["row"] or ""), p["letter"], p["column"], p["message"], p["citation"]] for p in _mine(token).errors)
    return csv_file("import-errors.csv", PROBLEM_HEADINGS, rows)


@blueprint.get("/columns/<kind>")
@requires(Permission.IMPORT_RUN)
def columns(kind: str) -> str:
    """What goes in each column of a kind of sheet."""
    sheet = KINDS.get(kind) or abort(404)
    return render_template("imports/columns.html", kind=sheet, columns=[described(column) for column in sheet.columns])


@blueprint.get("/blank/<kind>.<ending>")
@requires(Permission.IMPORT_RUN)
def blank(kind: str, ending: str) -> Response:
    """A blank file to fill in."""
    sheet = KINDS.get(kind)
    if sheet is None or ending not in ("csv", "xlsx"):
        abort(404)
    content, mimetype = (blank_csv(sheet), "text/csv") if ending == "csv" else (blank_xlsx(sheet), XLSX)
    answer = Response(content, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f"attachment; filename={kind}.{ending}"
    return answer


def _received(form: ImportForm) -> str:
    """Keep the file and check it, at once where it is small. Raises RuleBroken for one that cannot be read."""
    upload, kind = form.file.data, form.kind.data
    content = upload.read()
    rows = runs.count_rows(content, kind)
    with act("import.received") as work:
        run = runs.receive(work, kind=kind, file_name=upload.filename or "", content=content, rows=rows)
        run_id, token, is_small = run.id, run.token, runs.is_small(run)
    if is_small:
        runs.carry_out(act, run_id, current_user.actor)
    return token


def _mine(token: str) -> RunDetails:
    run = queries.run_details(read_session(), viewer(), token) or abort(404)
    return replace(run, rows_done=rows_done(read_session(), run.id, run.rows_done)) if run.state == "running" else run
