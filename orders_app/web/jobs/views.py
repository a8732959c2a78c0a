"""The job page: each job, what it did last, and when it runs next; every run of the last 90 days; and Run now."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from orders_app.queries import jobs as queries
from orders_app.rules.access import Permission
from orders_app.rules.schedule import BY_NAME, CHECK, PLANNED
from orders_app.services import jobs as services
from orders_app.web.access import requires
from orders_app.web.installation import installation
from orders_app.web.jobs.job_words import OUTCOME_STATES, counts_words, in_order, job_words, run_title
from orders_app.web.jobs.last_night import LOOKED_BACK, REGULAR, run_words, silence_of, troubles
from orders_app.web.paging import paging
from orders_app.web.session import act, now, read_session

blueprint = Blueprint("jobs", __name__)
PAGE_SIZE = 50


@blueprint.get("/jobs")
@requires(Permission.JOB_VIEW)
def index() -> str:
    """Every job, those that need somebody first."""
    histories = queries.histories(read_session(), list(BY_NAME))
    settings = installation().settings
    untold = {CHECK: queries.untold_outside(read_session(), CHECK)} if settings.watchdog_url else {}
    said = [job_words(job, histories[job.name], now(), has_mail=settings.sends_mail, untold=untold.get(job.name)) for job in PLANNED]
    rows = in_order(said)
    silence = silence_of(histories[CHECK], now())
    return render_template(
        "jobs/index.html",
        rows=rows,
        unwell=[row for row in rows if row.needs_somebody and not (silence and row.state == "Late")],
        silence=silence,
        troubles=troubles(queries.runs_since(read_session(), now() - LOOKED_BACK, regular=REGULAR), now()),
        has_run=any(history.last for history in histories.values()),
        has_watchdog=bool(settings.watchdog_url),
        untold=untold.get(CHECK),
    )


@blueprint.get("/jobs/runs")
@requires(Permission.JOB_VIEW)
def runs() -> str:
    """Every run of the last 90 days, newest first, of one job or of all."""
    wanted = request.args.get("job", "")
    job = wanted if wanted in BY_NAME else ""
    part = paging(queries.count_runs(read_session(), job=job, now=now()), PAGE_SIZE)
    found = queries.runs_page(read_session(), job=job, now=now(), first=part.skipped, at_most=part.size)
    rows = [
        (run_title(past.run.job), OUTCOME_STATES[past.run.outcome], counts_words(past.run.counts), run_words(past, now()), past.run)
        for past in found
    ]
    return render_template("jobs/runs.html", rows=rows, part=part, job=job, planned=PLANNED)


@blueprint.post("/jobs/run")
@requires(Permission.JOB_RUN)
def run_now() -> Response:
    """Ask for a run of one job."""
    with act("job.requested") as work:
        asked = services.request_run(work, job=request.form.get("job", ""))
    is_silent = silence_of(queries.histories(read_session(), [CHECK])[CHECK], now())
    begins = "It begins as soon as a scheduler runs" if is_silent else "It starts within a minute"
    flash(f"{run_title(asked.job)}: a run was asked for. {begins}")
    return redirect(url_for("jobs.index"))
