"""The whole program on a real port, on a database of its own, with the clock in the test's hands."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from config.settings import Mode, Settings
from orders_app.db import db
from orders_app.web import create_app


class Quiet(WSGIRequestHandler):
    """Requests are not the news here."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def app_on(database: Path, template: str) -> Flask:
    """Return the program on a copy of an empty, migrated SQLite file."""
    shutil.copy(template, database)
    return create_app(Settings(env=Mode.TEST, secret_key="browser test", database_url=f"sqlite:///{database}", is_https=False))


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve the program; give its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    running = threading.Thread(target=server.serve_forever, daemon=True)
    running.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    running.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()
