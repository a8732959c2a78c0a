"""Answers chosen from a list: radios, checkboxes, a select, yes or no."""

from __future__ import annotations

from typing import Any

import wtforms
from markupsafe import Markup
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the published types are of 3.2
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from orders_app.web.fields.drawn import Drawn

NOT_LISTED = "Choose one of the answers listed"


def choice(
    value: str, label: str, hint: str = "", *, after_divider: bool = False, group: str = "", is_disabled: bool = False
) -> SelectChoice:
    """One answer. The hint stands under it; after_divider puts the word "or" above it; group is its heading in a drop-down list.

    One that is_disabled is shown in a drop-down list and cannot be chosen; if it is posted all the same, the service says why not.
    """
    return SelectChoice(value, label, {"hint": hint, "after_divider": after_divider, "is_disabled": is_disabled}, optgroup=group or None)


class SelectField(Drawn, wtforms.SelectField):
    """A drop-down list. Give an empty first answer where none is to be chosen for the reader."""

    macro = "select"

    def __init__(self, label: str | None = None, validators: Any = None, **settings: Any) -> None:
        super().__init__(label, validators, **settings)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What was posted, or nothing: an answer that was not posted is not the one it had before."""
        self.data = None
        if valuelist and (valuelist[0] or self.coerce is str):
            super().process_formdata(valuelist)

    def offered(self) -> list[Any]:
        """The answers in order: each has value, label, selected and render_kw."""
        return list(self.iter_choices())

    def groups(self) -> list[Any]:
        """The answers under their headings; one group without a heading where there are none."""
        return list(self.iter_groups())

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse an answer that is not in the list. No answer at all is for Required to judge."""
        if self.data in (None, "") and not self.process_errors:
            return
        if self.process_errors or not any(option.selected for option in self.offered()):
            self.process_errors = []
            self.errors = []
            raise StopValidation(f"{self.called}: {NOT_LISTED[0].lower()}{NOT_LISTED[1:]}")


class RadiosField(SelectField):
    """One answer of a few, all visible. is_inline puts two short answers beside each other; is_small suits a dense page."""

    macro = "radios"

    def __init__(
        self, label: str | None = None, validators: Any = None, *, is_inline: bool = False, is_small: bool = True, **settings: Any
    ) -> None:
        super().__init__(label, validators, **settings)
        self.is_inline = is_inline
        self.is_small = is_small


class YesNoField(RadiosField):
    """Yes or no; data is True, False or None. Neither is chosen until somebody chooses."""

    def __init__(self, label: str | None = None, validators: Any = None, *, yes: str = "Yes", no: str = "No", **settings: Any) -> None:
        super().__init__(label, validators, **{"is_inline": True, "coerce": _yes_or_no, **settings})
        self.choices = [choice("yes", yes), choice("no", no)]


class CheckboxesField(Drawn, wtforms.SelectMultipleField):
    """Any number of answers; data is a list."""

    macro = "checkboxes"

    def __init__(self, label: str | None = None, validators: Any = None, *, is_small: bool = True, **settings: Any) -> None:
        super().__init__(label, validators, **settings)
        self.is_small = is_small

    def offered(self) -> list[Any]:
        """The answers in order: each has value, label, selected and render_kw."""
        return list(self.iter_choices())

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What was ticked; an empty value is no answer."""
        super().process_formdata([value for value in valuelist if value])

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse an answer that is not in the list."""
        acceptable = {self.coerce(option.value) for option in self.offered()}
        if self.process_errors or any(answer not in acceptable for answer in self.data or ()):
            self.process_errors = []
            self.errors = []
            raise StopValidation(f"{self.called}: {NOT_LISTED[0].lower()}{NOT_LISTED[1:]}")


class CheckboxField(Drawn, wtforms.BooleanField):
    """One box to tick; data is True or False."""

    macro = "checkbox"


class ConfirmField(CheckboxField):
    """One box to tick that is there only while there is something to confirm: whoever finds it sets `is_asked`."""

    is_asked = False

    def __call__(self, **settings: Any) -> Markup:
        return Markup(super().__call__(**settings)) if self.is_asked or self.data else Markup()


def _yes_or_no(value: Any) -> bool:
    if value in (True, "yes"):
        return True
    if value in (False, "no"):
        return False
    raise ValueError(NOT_LISTED)
