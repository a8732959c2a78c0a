"""What a service says when it will not do what was asked."""

from __future__ import annotations


class RuleBroken(ValueError):
    """The law or the force's own rules refuse this. `field` is the form field or spreadsheet column it belongs to."""

    def __init__(self, field: str, message: str, citation: object = None) -> None:
        super().__init__(message)
        self.field = field
        self.message = message
        self.citation = citation


class RulesBroken(RuleBroken):
    """Several refusals at once, so that a form can show them all. The first speaks for them."""

    def __init__(self, problems: tuple[RuleBroken, ...]) -> None:
        first = problems[0]
        super().__init__(first.field, first.message, first.citation)
        self.problems = problems


class NotFound(LookupError):
    """No such row, or none that this person may see: never say which."""


class ChangedMeanwhile(RuntimeError):
    """Somebody else saved the same record since it was opened."""
