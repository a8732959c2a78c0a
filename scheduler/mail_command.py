"""`orderwatch mail-test`: one trial e-mail, so that an administrator can prove the settings."""

from __future__ import annotations

from uuid import uuid4

import click
from flask import current_app
from flask.cli import with_appcontext

from orders_app import clock
from orders_app.models import User
from orders_app.queries.users import by_username
from orders_app.rules.deliveries import Answer, Letter
from orders_app.rules.messages import trial
from orders_app.services.deliveries import record_trial
from orders_app.services.work import begin_work
from orders_app.web.cli.database import insist_on_tables
from orders_app.web.cli.output import at_the_command_line, print_json
from orders_app.web.installation import Installation
from scheduler.mail_jobs import PROBLEM_WORDS
from scheduler.post import MailServer

OUTCOME_WORDS = {
    Answer.SENT: "sent",
    Answer.NOT_NOW: "put off",
    Answer.REFUSED: "refused",
    Answer.BROKE: "not sent",
    Answer.NO_SERVER: "not sent",
    Answer.UNCERTAIN: "may not have arrived",
}


@click.command("mail-test")
@click.argument("username")
@with_appcontext
def mail_test(username: str) -> int:
    """Send one officer a trial e-mail, which names nothing. The exit status is 1 unless the mail server has taken it."""
    parts: Installation = current_app.extensions["orderwatch"]
    if not parts.settings.sends_mail:
        raise click.ClickException("No mail server is set: set ORDERWATCH_MAIL_HOST, and what docs/operations.md lists with it")
    insist_on_tables()
    user = _user(parts, username)
    name = f"<{uuid4()}@{parts.settings.mail_from.rpartition('@')[2]}>"
    with MailServer(parts.settings) as post:
        tried = post.send(Letter(user.email, trial(parts.settings.public_url), name, clock.now()), lambda: True)
    with begin_work(parts.sessions, actor=at_the_command_line(), action="mail.tried", now=clock.now(), law=parts.law.shipped) as work:
        record_trial(work, user_id=user.id, outcome=tried.answer)
    because = PROBLEM_WORDS.get(tried.problem, "")
    print_json(
        {"to": user.username, "outcome": OUTCOME_WORDS[tried.answer], "because": because, "reply_code": tried.code, "message_id": name}
    )
    return int(tried.answer is not Answer.SENT)


def _user(parts: Installation, username: str) -> User:
    with parts.sessions() as session:
        user = by_username(session, username)
    if user is None:
        raise click.ClickException(f"There is no user '{username}'")
    if not user.email:
        raise click.ClickException(f"{username} has no e-mail address: an administrator enters it on Users")
    return user
