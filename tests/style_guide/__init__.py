"""Every component on one page, with texts as long and as odd as those of real life, and the pages that need no records."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from flask import Flask, flash, render_template, request, url_for
from flask_wtf import FlaskForm
from jinja2 import ChainableUndefined, FileSystemLoader

from config.settings import ROOT
from orders_app.rules.spec import Citation
from orders_app.services.errors import RuleBroken
from orders_app.web import fields as f
from orders_app.web.deadline_words import stored_deadline_words
from orders_app.web.filters import alerts_checked, at, set_up_filters
from orders_app.web.kept_forms import KeptForm
from orders_app.web.pages.views import blueprint
from orders_app.web.security import POLICY
from orders_app.web.wording import TAG_COLOURS

NOW = datetime(2026, 11, 22, 8, 14, tzinfo=UTC)
LONG_NAME = "FEATHERSTONEHAUGH-CHOLMONDELEY-MAINWARING, Maximilian Theodore Aloysius Bartholomew"
ODD = "<b>O’DONOVAN</b> & \"Łukasz\" 'Zoë' Ñandú 李小龙"
UNBROKEN = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch-on-the-Wold"
LIMIT = Citation("Crime and Security Act 2010", "s.28(10)", "https://www.legislation.gov.uk/ukpga/2010/17/section/28")
KINDS = [f.choice("p", "Prohibition"), f.choice("r", "Requirement", "Somebody supervises it"), f.choice("n", "Neither", after_divider=True)]
COURTS = [f.choice("", "Choose a court"), f.choice("nm", "Northmere and East Stonewick Combined Magistrates’ and Family Court")]
PAGES = (
    "guide",
    "signed_out",
    "help",
    "accessibility",
    "who-can-see-what",
    "400",
    "403",
    "404",
    "409",
    "413",
    "429",
    "500",
    "503",
    "form_expired",
)
BROKEN = {
    "name": "x" * 80, "made_on-day": "31", "made_on-month": "february", "made_on-year": "26", "served_at-day": "25",
    "served_at-month": "10", "served_at-year": "2026", "served_at-time": "01:30", "mail": "me at home", "notes": ODD,
    "heard_on": "31/2/2026", "heard_at": "25:00",
}  # fmt: skip


class GuideForm(FlaskForm):
    """One of each field."""

    name = f.TextField("Short form", hint="For lists and the patrol card", max_length=64, has_count=True)
    distance = f.TextField("Distance", width=4, suffix="metres", inputmode="numeric")
    notes = f.TextareaField("The court’s words", hint="Officers and courts will read this", max_length=5000, has_count=True)
    mail = f.EmailField("E-mail", [f.Required("Enter an e-mail address")])
    password = f.PasswordField("Password", [f.Required("Enter your password")])
    made_on = f.DateField("Day the court made it", [f.Required("Enter the day the court made it")], hint="As on the sealed order")
    ends_on = f.DateField("Last day of the order", hint="It ends at 24:00 on this day")
    heard_on = f.DayTextField("Day, in one box", hint="Such as 21 Nov 2026")
    heard_at = f.TimeTextField("Time, in one box", hint="Such as 22:40")
    served_at = f.DateTimeField("When was it served?", hint="Such as 8 April 2026 at 22:40")
    kind = f.RadiosField("What kind is it?", [f.Required("Choose what kind it is")], choices=KINDS)
    in_court = f.YesNoField("Was he in court?", [f.Required("Say whether he was in court")])
    warnings = f.CheckboxesField("Warnings", choices=[f.choice("w", "Weapons"), f.choice("d", "Dog at address", "Say which")])
    sealed = f.CheckboxField("I have the sealed order in front of me")
    court = f.SelectField("Court", [f.Required("Choose a court")], choices=COURTS)
    file = f.FileField("Sealed order", hint="PDF, at most 10 MB", accept=".pdf")
    version = f.VersionField(default=3)
    save = f.SubmitField("Save and continue")


def guide_app() -> Flask:
    """The frame, the components and the pages without records, as a small application with neither users nor database."""
    app = Flask("style_guide", static_folder=str(ROOT / "orders_app/web/static"))
    app.config.update(SECRET_KEY="not used elsewhere", TESTING=True, WTF_CSRF_ENABLED=False)
    app.jinja_options = {"undefined": ChainableUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_loader = FileSystemLoader([ROOT / "templates", ROOT / "tests/style_guide/templates"])
    set_up_filters(app)
    app.jinja_env.globals["asset"] = lambda name: url_for("static", filename=name)
    app.context_processor(_frame)
    app.register_blueprint(blueprint)
    app.add_url_rule("/account", "auth.account", view_func=lambda: "")
    app.add_url_rule("/sign-out", "auth.sign_out", view_func=lambda: "", methods=["POST"])
    app.add_url_rule("/people", "people.index", view_func=lambda: "")
    app.add_url_rule("/people", "people.search", view_func=lambda: "", methods=["POST"])
    app.add_url_rule("/<name>", "page", view_func=_page, methods=["GET", "POST"])
    app.after_request(_with_policy)
    return app


def guide_values() -> dict[str, Any]:
    """What the guide's template shows."""
    return {
        "now": NOW, "deadlines": _deadlines(), "person": _person(), "bare_person": {"name": ODD, "born": "not known"}, "order": _order(),
        "registration": _registration(),
        "why": _why(), "events": _events(), "words": list(TAG_COLOURS), "odd": ODD, "unbroken": UNBROKEN, "long_name": LONG_NAME,
        "refusals": [SimpleNamespace(title="Extend this order", why="The Act has no such power.", citation=LIMIT)],
        "changes": [("When", "Saturday", "Sunday", False), ("Where", UNBROKEN, UNBROKEN, True), ("Notes", ODD, LONG_NAME * 3, False)],
    }  # fmt: skip


def _page(name: str) -> str:
    if name == "guide":
        form = GuideForm(request.form if request.method == "POST" else None)
        if request.method == "POST" and not form.validate():
            f.refuse(form, RuleBroken("ends_on", "The order ends after 29 days. Enter Tuesday 22 December 2026 or earlier", LIMIT))
        flash("Order DVPN-2026-0042 recorded", "success")
        return render_template("guide.html", form=form, **guide_values())
    if name == "signed_out":
        return render_template("signed_out.html", form=GuideForm(), viewer=None)
    kept = KeptForm("#", (("where", LONG_NAME), ("conditions-0-text", ODD * 9)))
    shown = {"reference": "7F3A90C2", "kept": kept, "largest": "32 MB", "until": "19:57"}
    return render_template(f"errors/{name}.html", changes=guide_values()["changes"], changed_by="PC 5120 Jamal Edwards", **shown)


def _frame() -> dict[str, Any]:
    names = ("My work (14)", "People", "Orders", "Work out a date", "Import", "Audit", "Users")
    return {
        "force_name": "Northmere Police", "page_made": at(NOW),
        "alerts_checked": alerts_checked(datetime(2026, 11, 21, 23, 10, tzinfo=UTC), NOW),
        "viewer": SimpleNamespace(display_name="Detective Chief Inspector 4471 " + LONG_NAME.title(), team_name="Orders desk"),
        "navigation": [(text.lower(), text, "#") for text in names], "footer_links": [("Jobs", "/jobs")], "search_href": "#",
    }  # fmt: skip


def _with_policy(answer: Any) -> Any:
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


def _deadlines() -> list[Any]:
    rows = [
        ("Change of home address not notified: moved Tuesday 17 November", "by", "law", date(2026, 11, 19), None),
        ("In front of a magistrates’ court: arrested for breach of the notice", "before", "law", date(2026, 11, 23), (23, 23, 5)),
        (f"DVPN hearing: {LONG_NAME} at {UNBROKEN}", "by", "law", date(2026, 11, 25), (25, 0, 0)),
        (ODD, "by", "policy", date(2026, 12, 14), None),
        ("MAPPA level 2 meeting: report due", "at", "guidance", date(2026, 11, 20), (20, 14, 0)),
    ]
    return [_deadline(*row) for row in rows]


def _deadline(title: str, word: str, rule_class: str, due_on: date, clock: tuple[int, int, int] | None) -> Any:
    due_at = datetime(2026, 11, *clock, tzinfo=UTC) if clock else None
    act_by_at = due_at or datetime(due_on.year, due_on.month, due_on.day + 1, tzinfo=UTC)
    row = SimpleNamespace(title=title, word=word, rule_class=rule_class, citation=str(LIMIT))
    row.due_on, row.due_at, row.act_by_at = due_on, due_at, act_by_at
    return stored_deadline_words(row, NOW)


def _person() -> dict[str, Any]:
    return {
        "name": LONG_NAME, "href": "#", "born": "14 March 1988 (38)",
        "ids": [("PNC", "2006/0118234K"), ("CRO", "041207/06D"), ("Local", UNBROKEN)], "aliases": ["Cal", ODD, UNBROKEN],
        "custody": ("At liberty.", "On licence to Thursday 8 April 2027. Home: Flat 6, 212 Foundry Lane"),
        "markers": [("Weapons: carries a knife", "PNC, 3 February 2024"), (UNBROKEN, ODD)], "tag": "Protected person",
    }  # fmt: skip


def _order() -> dict[str, Any]:
    return {
        "ref": "DVPO-2026-0185", "href": "#", "kind": "Domestic violence protection order", "state": "Continues pending prosecution",
        "made": "Friday 2 October 2026", "served": "Monday 5 October 2026, 18:25, third attempt", "begins": "Friday 2 October 2026",
        "ends": "Until further order", "left": "no end date", "court": COURTS[1].label, "protects": LONG_NAME,
        "conditions": "5: 4 prohibitions", "breaches": "2 reported", "next": ODD,
    }  # fmt: skip


def _registration() -> dict[str, Any]:
    ends = {"label": "Ends", "answer": "No end date: indefinite, until a review ends it", "note": f"carried on by {UNBROKEN}"}
    where = {"label": "Where", "answer": "At liberty", "note": ""}
    facts = [{"label": "Registered from", "answer": "Monday 4 March 2024", "note": ODD}, ends, where]
    return {"ref": "REG-2024-0017", "href": "#", "state": "Registered", "facts": facts, "breaches": "None reported", "next": LONG_NAME}


def _why() -> dict[str, Any]:
    return {
        "answer": "By Thursday 19 November 2026, 24:00", "duty": "Notify a change of home address",
        "words": "3 days beginning with the change",
        "starts": "Tuesday 17 November 2026: moved", "left_out": "None", "counting": [("Tuesday 17 November", "day 1"), (UNBROKEN, ODD)],
        "about": ["Saturday 26 December may or may not be a day to leave out."], "rule": "law", "cites": [(str(LIMIT), LIMIT.url)] * 2,
        "readings": [("26 December left out", "Wednesday 30 December 2026, 20:00", "Lateness is judged by this one"), (ODD, UNBROKEN, ODD)],
        "not_used": [("Authorised Saturday 21 November 2026, 20:15", "The period runs from service"), (UNBROKEN, ODD)],
        "met": "Hearing held: in time", "moves": ["A correction", UNBROKEN], "print": "#",
    }  # fmt: skip


def _events() -> list[dict[str, str]]:
    return [
        {"title": "Breach reported, condition 1", "by": ODD, "when": "Saturday 21 November 2026", "iso": "2026-11-21", "mark": "red"},
        {"title": UNBROKEN, "when": "Friday 2 October 2026", "body": LONG_NAME * 4, "corrected": "was Thursday 1 October, PC 4471"},
    ]
