"""Fields: what they read, what they refuse in words, and that nothing typed is lost or breaks them."""

import io
import re
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from flask import Flask
from flask_wtf import FlaskForm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import ChainableUndefined, FileSystemLoader
from werkzeug.datastructures import MultiDict

from config.settings import ROOT
from orders_app.rules.spec import Citation
from orders_app.services.errors import RuleBroken, RulesBroken
from orders_app.web import fields as f
from orders_app.web.filters import set_up_filters

pytestmark = pytest.mark.on_sqlite

LIMIT = Citation("Crime and Security Act 2010", "s.28(10)", "https://www.legislation.gov.uk/ukpga/2010/17/section/28")


KINDS = [f.choice("p", "Prohibition", "Not to do something"), f.choice("r", "Requirement")]


class OrderForm(FlaskForm):
    court = f.SelectField("Court", choices=[f.choice("", "Choose a court"), f.choice("nm", "Northmere Magistrates’ Court")])
    name = f.TextField("Name", [f.Required("Enter a name")], max_length=20, has_count=True)
    notes = f.TextareaField("Notes", hint="What <happened>")
    mail = f.EmailField("E-mail")
    password = f.PasswordField("Password")
    made_on = f.DateField("Day the court made it", [f.Required("Enter the day the court made it")], hint="As on the order")
    served_at = f.DateTimeField("Served", name_in_errors="When it was served")
    told_at = f.DateTimeField("Told", is_time_optional=True)
    kind = f.RadiosField("Kind", [f.Required("Choose what kind it is")], choices=KINDS)
    in_court = f.YesNoField("Was he in court?", [f.Required("Say whether he was in court")])
    warnings = f.CheckboxesField("Warnings", choices=[f.choice("w", "Weapons"), f.choice("d", "Dog", after_divider=True)])
    sealed = f.CheckboxField("I have the sealed order")
    file = f.FileField("Sealed order", accept=".pdf")
    version = f.VersionField()
    save = f.SubmitField("Save", hidden_text="the order")


GOOD = {
    "name": "  Callum ", "made_on-day": "2", "made_on-month": "Oct", "made_on-year": "2026", "served_at-day": "5", "served_at-month": "10",
    "served_at-year": "2026", "served_at-time": "18.25", "kind": "p", "in_court": "no", "warnings": ["w", "d"], "sealed": "y",
    "court": "nm", "notes": "one\r\ntwo", "mail": "a@b.police.uk", "password": " secret ", "version": "3", "told_at-day": "2",
    "told_at-month": "10", "told_at-year": "2026",
}  # fmt: skip


@pytest.fixture(scope="module")
def app():
    app = Flask("fields")
    app.config.update(SECRET_KEY="not used elsewhere", TESTING=True, WTF_CSRF_ENABLED=False)
    app.jinja_options = {"undefined": ChainableUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_loader = FileSystemLoader(ROOT / "templates")
    set_up_filters(app)
    return app


@pytest.fixture
def posted(app):
    def post(**changes):
        with app.test_request_context("/", method="POST", data=MultiDict(GOOD | changes)):
            form = OrderForm()
            form.validate()
            form.html = "".join(str(field()) for field in form)
            form.summary = str(app.jinja_env.get_template("components/error_summary.html").module.error_summary(form))
            return form

    return post


def only_error(form, name):
    assert set(form.errors) == {name}
    assert len(form.errors[name]) == 1
    return form.errors[name][0]


def test_a_good_form_is_read(posted):
    form = posted()
    assert form.errors == {}
    assert form.name.data == "Callum"
    assert form.notes.data == "one\ntwo"
    assert form.made_on.data == date(2026, 10, 2)
    assert form.served_at.data == datetime(2026, 10, 5, 17, 25, tzinfo=UTC)
    assert (form.told_at.data, form.told_at.day) == (None, date(2026, 10, 2))
    assert (form.in_court.data, form.warnings.data, form.sealed.data, form.version.data) == (False, ["w", "d"], True, 3)
    assert form.password.data == " secret "
    assert "secret" not in form.html


def test_empty_answers_are_asked_for(posted):
    form = posted(**(dict.fromkeys(GOOD, "") | {"version": "3"}))
    assert form.errors == {
        "name": ["Enter a name"],
        "made_on": ["Enter the day the court made it"],
        "kind": ["Choose what kind it is"],
        "in_court": ["Say whether he was in court"],
    }


@pytest.mark.parametrize(
    ("changes", "name", "said", "goes_to"),
    [
        ({"made_on-year": "26"}, "made_on", "Day the court made it: enter the year as four figures, such as 2026", "made_on-year"),
        ({"made_on-month": ""}, "made_on", "Day the court made it: enter a month", "made_on-month"),
        ({"made_on-day": "31", "made_on-month": "2"}, "made_on",
         "Day the court made it: February 2026 has 28 days. Enter a day from 1 to 28", "made_on-day"),
        ({"served_at-time": ""}, "served_at", "When it was served: enter a time in the 24-hour clock, such as 22:40", "served_at-time"),
        ({"served_at-time": "24:00"}, "served_at",
         "When it was served: 24:00 is the start of the next day. Enter 00:00 and the date of the next day", "served_at-time"),
        ({"served_at-day": ""}, "served_at", "When it was served: enter a day", "served_at-day"),
        ({"name": "x" * 21}, "name", "Name must be 20 characters or fewer. Take out 1 of 21", "name"),
        ({"name": "a\x00b"}, "name", "Name: a character that cannot be stored was taken out. Check the text", "name"),
        ({"mail": "me at home"}, "mail", "Enter an e-mail address such as name@example.police.uk", "mail"),
        ({"kind": "x"}, "kind", "Kind: choose one of the answers listed", "kind"),
        ({"in_court": "maybe"}, "in_court", "Was he in court: choose one of the answers listed", "in_court"),
        ({"court": "x"}, "court", "Court: choose one of the answers listed", "court"),
        ({"warnings": ["w", "x"]}, "warnings", "Warnings: choose one of the answers listed", "warnings"),
    ],
)  # fmt: skip
def test_each_fault_names_the_field_and_what_to_do_and_links_to_the_box(posted, changes, name, said, goes_to):
    form = posted(**changes)
    assert only_error(form, name) == said
    assert f'href="#{goes_to}"' in form.summary
    assert f'id="{goes_to}"' in form.html


def test_what_was_typed_is_kept_exactly(posted):
    typed_dates = {"made_on-day": " 31", "made_on-month": "febuary", "made_on-year": "twenty", "served_at-time": "quarter past"}
    form = posted(**typed_dates, name="<b>'\"")
    for typed in ('value=" 31"', 'value="febuary"', 'value="twenty"', 'value="quarter past"', 'value="&lt;b&gt;&#39;&#34;"'):
        assert typed in form.html


def test_only_the_wrong_box_is_marked(posted):
    boxes = re.findall(r'class="([^"]*)" id="made_on-(\w+)"', posted(**{"made_on-year": "26"}).html)
    assert {part: "govuk-input--error" in classes for classes, part in boxes} == {"day": False, "month": False, "year": True}


def test_a_time_that_came_twice_asks_which(posted):
    twice = {"served_at-day": "25", "served_at-month": "10", "served_at-year": "2026", "served_at-time": "01:30"}
    form = posted(**twice)
    assert "The clocks went back on Sunday 25 October 2026, so 01:30 came twice." in only_error(form, "served_at")
    assert 'href="#served_at-which"' in form.summary
    assert 'name="served_at-which"' in form.html
    assert posted(**twice, **{"served_at-which": "second"}).served_at.data == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert "served_at-which" not in posted().html


def test_a_time_that_never_was_is_refused(posted):
    form = posted(**{"served_at-day": "29", "served_at-month": "3", "served_at-year": "2026", "served_at-time": "01:30"})
    assert "there was no 01:30" in only_error(form, "served_at")


@pytest.mark.parametrize(
    ("whole", "data", "typed"),
    [
        ("2026-04-08", date(2026, 4, 8), ("8", "4", "2026")),
        ("8 Apr 2026", date(2026, 4, 8), ("8", "4", "2026")),
        ("next week", None, ("next week", "", "")),
    ],
)
def test_a_whole_date_in_the_address_is_read(app, whole, data, typed):
    with app.test_request_context("/"):
        form = OrderForm(MultiDict({"made_on": whole}))
        assert form.made_on.data == data
        assert tuple(form.made_on.typed.values()) == typed


def test_the_record_is_shown_in_the_boxes(app):
    served_at = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    record = SimpleNamespace(made_on=date(2026, 10, 2), served_at=served_at, kind="r", in_court=True, version=7)
    with app.test_request_context("/"):
        form = OrderForm(obj=record)
        assert form.made_on.typed == {"day": "2", "month": "10", "year": "2026"}
        assert form.served_at.typed == {"day": "25", "month": "10", "year": "2026", "time": "01:30", "which": "second"}
        html = "".join(str(field()) for field in form)
    assert re.findall(r'value="(\w+)" checked', html) == ["second", "r", "yes"]
    assert 'name="version" value="7"' in html


def test_a_moment_of_which_only_the_day_is_recorded_is_shown_without_a_time(app):
    with app.test_request_context():
        form = OrderForm(formdata=None, data={"told_at": date(2026, 10, 5)}, meta={"csrf": False})
    assert (form.told_at.day, form.told_at.data) == (date(2026, 10, 5), None)
    assert form.told_at.typed["day"] == "5"
    assert form.told_at.typed["time"] == ""


@pytest.mark.parametrize("version", ["", "seven", "-1", "9" * 5000, "²"])
def test_a_version_that_was_not_sent_out_is_refused(posted, version):
    form = posted(version=version)
    assert only_error(form, "version").startswith("The page lost track of the record")
    assert '<a href="#version"' not in form.summary


def test_a_broken_rule_stands_at_its_field_with_its_law(posted, app):
    form = posted()
    f.refuse(form, RuleBroken("made_on", "The order ends after 29 days", LIMIT))
    with app.app_context():
        html = str(form.made_on())
    assert "The order ends after 29 days" in html
    assert f'href="{LIMIT.url}"' in html
    assert f.form_problems(form) == [f.Problem("The order ends after 29 days (Crime and Security Act 2010 s.28(10))", "#made_on-day")]


def test_a_broken_rule_of_no_field_stands_at_the_top(posted):
    form = posted()
    f.refuse(form, RulesBroken((RuleBroken("elsewhere", "Not now"), RuleBroken("name", "Not him"))))
    assert f.form_problems(form) == [f.Problem("Not now"), f.Problem("Not him", "#name")]


def test_a_file_is_read(app):
    with app.test_request_context("/", method="POST", data={**GOOD, "file": (io.BytesIO(b"%PDF"), "order.pdf")}):
        assert OrderForm().file.data.filename == "order.pdf"


def test_every_box_has_one_label_and_every_description_exists(posted):
    for form in (posted(), posted(**dict.fromkeys(GOOD, ""))):
        ids = re.findall(r' id="([^"]+)"', form.html)
        assert len(ids) == len(set(ids))
        described = " ".join(re.findall(r'aria-describedby="([^"]+)"', form.html)).split()
        assert set(described) <= set(ids)
        labelled = re.findall(r'<label[^>]* for="([^"]+)"', form.html)
        boxes = re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]* id="([^"]+)"', form.html)
        assert sorted(labelled) == sorted(boxes)


def test_nothing_that_the_policy_on_scripts_and_styles_forbids(posted):
    html = posted().html
    assert not re.search(r"<script|<style| style=| on\w+=| required", html)


NAMES = st.sampled_from([*GOOD, "made_on", "served_at", "served_at-which", "name-0", "warnings-0"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NAMES, st.text(max_size=30) | st.sampled_from(["1", "2", "2026", "01:30", "9" * 400])), max_size=40))
def test_whatever_is_posted_however_often_the_form_answers_in_words(app, pairs):
    with app.test_request_context("/", method="POST"):
        form = OrderForm(MultiDict(pairs))
        form.validate()
        assert all(isinstance(error, str) and error for errors in form.errors.values() for error in errors)
        assert all(str(field()) for field in form)
        assert not re.search(r"invalid|please|sorry|not a valid|not a coerc", " ".join(str(form.errors).lower().split("'")))
