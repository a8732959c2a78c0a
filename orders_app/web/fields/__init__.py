"""Form fields that draw themselves in GOV.UK markup and refuse in words. Forms import everything from here."""

from orders_app.web.fields.choices import CheckboxesField, CheckboxField, ConfirmField, RadiosField, SelectField, YesNoField, choice
from orders_app.web.fields.dates import DateField, DateTimeField, DayRequired
from orders_app.web.fields.drawn import Drawn, Required
from orders_app.web.fields.other import FileField, SubmitField, VersionField
from orders_app.web.fields.problems import CitedText, Problem, form_problems, refuse
from orders_app.web.fields.text import EmailField, PasswordField, SearchField, TextareaField, TextField
from orders_app.web.fields.typed import DayTextField, TimeTextField

__all__ = [
    "CheckboxField",
    "CheckboxesField",
    "CitedText",
    "ConfirmField",
    "DateField",
    "DateTimeField",
    "DayRequired",
    "DayTextField",
    "Drawn",
    "EmailField",
    "FileField",
    "PasswordField",
    "Problem",
    "RadiosField",
    "Required",
    "SearchField",
    "SelectField",
    "SubmitField",
    "TextField",
    "TextareaField",
    "TimeTextField",
    "VersionField",
    "YesNoField",
    "choice",
    "form_problems",
    "refuse",
]
