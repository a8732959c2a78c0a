"""What the program knows of the law. The calculator is in the module beside this one, on the same blueprint."""

from __future__ import annotations

from orders_app.web.law import calculator
from orders_app.web.law.blueprint import blueprint

__all__ = ["blueprint", "calculator"]
