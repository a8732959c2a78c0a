"""File uploads, the hidden version of a record, and the button that sends a form."""

from __future__ import annotations

from typing import Any

import flask_wtf.file
import wtforms

from orders_app.web.fields.drawn import Drawn

LONGEST_VERSION = 9
LOST_TRACK = "The page lost track of the record it was opened for. Open the record again and type your answers there"


class FileField(Drawn, flask_wtf.file.FileField):
    """A file to send. accept is shown to the browser only: the service checks what the file really is."""

    macro = "file_upload"

    def __init__(self, label: str | None = None, validators: Any = None, *, accept: str = "", **settings: Any) -> None:
        super().__init__(label, validators, **settings)
        self.accept = accept


class VersionField(Drawn, wtforms.Field):
    """The version of the record as the reader saw it; data is a number. The service compares it before it saves."""

    macro = "hidden"

    @property
    def focus_id(self) -> str:
        """Nothing to go to: nobody sees the box."""
        return ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """A version that is not a number cannot be the one that was sent out."""
        typed = str(valuelist[0]) if valuelist else ""
        if not (typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_VERSION):
            self.data = None
            raise ValueError(LOST_TRACK)
        self.data = int(typed)

    def _value(self) -> str:
        return "" if self.data is None else str(self.data)


class SubmitField(Drawn, wtforms.SubmitField):
    """The button. kind: "", "secondary" or "warning". hidden_text finishes the sentence for a screen reader."""

    macro = "submit"

    def __init__(self, label: str | None = None, validators: Any = None, *, kind: str = "", hidden_text: str = "", **settings: Any) -> None:
        super().__init__(label, validators, **settings)
        self.kind = kind
        self.hidden_text = hidden_text
