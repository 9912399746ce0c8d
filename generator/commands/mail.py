"""``digest mail``: writes or sends the mailing of a day, a week or a month.

A mailing consists of a letter for each subscriber with the new papers that match the subscription. Above them, each
letter has the picks of the period: the collections of kind ``picks``, short selections by the editors.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from jinja2 import TemplateError

from generator.build.safe_files import write_whole
from generator.build.templates import template_fault
from generator.commands.arguments import add_content_option
from generator.commands.messages import format_problems
from generator.commands.project import Project, open_project
from generator.mail.delivery import Delivery, Letter, Outcome, run_in_new_session
from generator.mail.journal import Journal, JournalBusy, WrongKey, journal_key
from generator.mail.message import MailWriter
from generator.mail.server import Account, parse_account
from generator.model.period import (
    ALL_PAPERS,
    Length,
    Subscription,
    news_days,
    papers_in_period,
    period_of,
    picks_in_period,
    unknown_choices,
)
from generator.model.settings import Settings
from generator.store.subscribers_file import Subscriber, is_address, read_subscribers

ABOUT = "write or send the newsletter of a day, week or month"
JOURNALS = Path(".cache/mail")
_SAMPLE_RECIPIENT = "reader@example.org"
"""The recipient of the letter that is written without ``--send``."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--period",
        choices=[length.value for length in Length],
        default="week",
        help="length of the period (default: week)",
    )
    parser.add_argument(
        "--date", type=date.fromisoformat, metavar="DATE", help="a date in the period (default: the newest)"
    )
    parser.add_argument(
        "--topic", action="append", default=[], metavar="ID", help="only papers of this topic; may be repeated"
    )
    parser.add_argument(
        "--venue", action="append", default=[], metavar="ID", help="only papers of this venue; may be repeated"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the message to FILE (default: standard output)")
    parser.add_argument(
        "--send", action="store_true", help="send it through the mail server in DIGEST_SMTP_URL, _USER and _PASSWORD"
    )
    parser.add_argument(
        "--to", metavar="FILE|ADDRESS", help="file with the list of subscribers, or the email address of a mailing list"
    )
    parser.add_argument(
        "--journal", type=Path, metavar="FILE", help=f"record of sent messages (default: in {JOURNALS})"
    )
    parser.add_argument(
        "--again", action="store_true", help="send again to email addresses that were refused or uncertain"
    )
    add_content_option(parser)


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    if arguments.send and not arguments.to:
        print("digest mail: --send needs --to", file=sys.stderr)
        return 2
    project = open_project(arguments.content)
    if project is None:
        return 1
    if fault := _settings_fault(project.settings):
        print(f"mkdocs.yml: {fault}", file=sys.stderr)
        return 1
    try:
        return Mailer(project, arguments).run()
    except TemplateError as error:
        print(template_fault(error), file=sys.stderr)
        return 1


def _settings_fault(settings: Settings) -> str:
    """Return a message about a missing or wrong setting of mailings, or ''."""
    if missing := [name for name in ("mail_from", "mail_unsubscribe") if not getattr(settings, name)]:
        return f"{' and '.join(missing)} must be set below extra before mail can be written"
    if not is_address(settings.mail_from):
        return "mail_from must be an email address without a name, such as digest@example.org"
    address = settings.mail_unsubscribe
    if not (address.startswith("https://") and "{address}" in address):
        return "mail_unsubscribe must begin with https:// and contain {address}, so that one click ends a subscription"
    return ""


class Mailer:
    """One run of the command."""

    def __init__(self, project: Project, arguments: argparse.Namespace) -> None:
        self._project = project
        self._arguments = arguments
        self._subscription = Subscription(topics=tuple(arguments.topic), venues=tuple(arguments.venue))
        # If the digest has no news, every period is empty, so the date does not matter.
        newest = max(news_days(project.catalog), default=date(1970, 1, 1))
        self._period = period_of(Length(arguments.period), arguments.date or newest, project.settings.words)
        # The mailing has only papers of ``--topic`` and ``--venue``.
        self._papers = papers_in_period(project.catalog, self._period, self._subscription)
        self._picks = picks_in_period(project.catalog, self._period)
        self._writer = MailWriter(project.catalog, project.settings, project.theme)
        self._lines: dict[str, int] = {}  # the line of each subscriber in the list, by address

    def run(self) -> int:
        """Write a sample letter or send the mailing. Returns the exit code."""
        if unknown := list(unknown_choices(self._project.catalog, self._subscription)):
            print(f"the digest has no {', no '.join(unknown)}", file=sys.stderr)
            return 2
        if not self._papers and not self._picks:
            print(f"{self._period.name}: no papers, so there is no mailing", file=sys.stderr)
            return 0
        return self._send() if self._arguments.send else self._write()

    def _write(self) -> int:
        """Write a letter to a sample recipient, with all papers of the mailing. Returns the exit code."""
        message = self._writer.message(self._period, self._papers, _SAMPLE_RECIPIENT)
        if self._arguments.out:
            write_whole(self._arguments.out, message, self._arguments.out.parent)
        else:
            sys.stdout.buffer.write(message)
        return 0

    def _send(self) -> int:
        """Send the mailing to all subscribers. Returns the exit code."""
        account = parse_account(*(os.environ.get(f"DIGEST_SMTP_{name}", "") for name in ("URL", "USER", "PASSWORD")))
        if not isinstance(account, Account):  # a message about what is wrong
            print(f"DIGEST_SMTP_URL: {account}", file=sys.stderr)
            return 2
        if self._period.last >= date.today():
            # Each address gets a mailing once, so papers that are added later would not be sent.
            print(f"{self._period.name} has not ended: papers added until then would reach nobody", file=sys.stderr)
            return 2
        subscribers = self._subscribers()
        if subscribers is None:
            return 1
        self._lines = {subscriber.address: subscriber.line for subscriber in subscribers}
        letters = list(self._letters(subscribers))
        sys.stderr.flush()  # ``run_in_new_session`` forks, and the child would print buffered lines again
        return run_in_new_session(lambda may_continue: self._deliver(account, letters, may_continue))

    def _deliver(self, account: Account, letters: Sequence[Letter], may_continue: Callable[[], bool]) -> int:
        """Send the letters that the journal does not list as sent. Returns the exit code.

        This runs in a child process, which finishes the current letter if the command is killed. ``may_continue`` then
        returns false, so that no further letter is sent.
        """
        path = self._arguments.journal or JOURNALS / f"{self._mailing_name()}.journal"
        try:
            # In a workflow, other jobs can read the journal's folder, so the key must not be stored there.
            secret = os.environ.get("DIGEST_MAIL_KEY", "") or account.password
            with Journal(path, journal_key(secret, path.parent)) as journal:
                delivery = Delivery(account, self._project.settings.mail_from, journal, may_continue=may_continue)
                outcome = delivery.send(letters, again=self._arguments.again)
        except JournalBusy:
            print(f"{path}: another run is sending this mailing; wait until it has ended", file=sys.stderr)
            return 1
        except WrongKey:
            reason = "it was written with another key, or by an older version, so it is unknown who got the mailing"
            print(
                f"{path}: {reason}. Give DIGEST_MAIL_KEY as it was, or delete the file to send to all", file=sys.stderr
            )
            return 1
        except OSError as error:
            print(f"{error.filename or path}: {error.strerror}; nothing more was sent", file=sys.stderr)
            return 1
        self._report(outcome)
        return 0 if outcome.is_complete else 1

    def _subscribers(self) -> Sequence[Subscriber] | None:
        """Return the subscribers that ``--to`` names, or None, with a message, if their file cannot be used."""
        to = self._arguments.to
        # The name of a file can have the form of an address.
        if is_address(to) and not Path(to).exists():
            return (Subscriber(address=to),)
        try:
            subscribers, problems = read_subscribers(Path(to))
        except OSError as error:
            print(f"{to}: {error.strerror}", file=sys.stderr)
            return None
        if problems:
            print(format_problems(problems, "text"), file=sys.stderr)
            print(f"{to}: nothing was sent", file=sys.stderr)
            return None
        for subscriber in subscribers:
            for choice in unknown_choices(self._project.catalog, subscriber.subscription):
                print(f"{to}:{subscriber.line}: the digest has no {choice}", file=sys.stderr)
        return subscribers

    def _letters(self, subscribers: Sequence[Subscriber]) -> Iterator[Letter]:
        """Yield a letter for each subscriber whose subscription matches papers of the mailing or includes its picks."""
        for subscriber in subscribers:
            matches = set(papers_in_period(self._project.catalog, self._period, subscriber.subscription))
            papers = tuple(paper for paper in self._papers if paper in matches)
            # Picks have no topic or venue. A letter with picks but no papers is only for subscribers to everything.
            if papers or (self._picks and subscriber.subscription == ALL_PAPERS):
                yield Letter(recipient=subscriber.address, make=self._letter_writer(papers, subscriber.address))

    def _letter_writer(self, papers: Sequence[str], address: str) -> Callable[[], bytes]:
        """Return the function that writes the letter to an address with ``papers``, a sequence of ids."""
        return lambda: self._writer.message(self._period, papers, address)

    def _mailing_name(self) -> str:
        """Return the name of the mailing, such as ``2026-W17+topic_cats``. Each mailing has its own journal."""
        topics = (f"topic_{topic}" for topic in sorted(self._subscription.topics))
        return "+".join(
            (self._period.slug, *topics, *(f"venue_{venue}" for venue in sorted(self._subscription.venues)))
        )

    def _report(self, outcome: Outcome) -> None:
        """Print the results by recipient."""
        sent_before = f", {len(outcome.sent_before)} had it before" if outcome.sent_before else ""
        print(f"{self._period.name}: {len(outcome.sent)} sent{sent_before}", file=sys.stderr)
        for address, reason in outcome.refused.items():
            print(
                f"{self._label(address)}: refused permanently ({_public_reason(reason)}); remove it from the list",
                file=sys.stderr,
            )
        for address in outcome.uncertain:
            advice = "it may have arrived or not; see the server's log, then use --again"
            print(f"{self._label(address)}: {advice}", file=sys.stderr)
        if outcome.unsent:
            reason = outcome.reason or next(iter(outcome.unsent.values()))
            print(f"{len(outcome.unsent)} not sent ({_public_reason(reason)}); run the command again", file=sys.stderr)

    def _label(self, address: str) -> str:
        """Return the address of a recipient. For public logs, return its line in the list: ``subscribers.txt:3``."""
        line = self._lines.get(address)
        return f"{self._arguments.to}:{line}" if line and _is_public() else address


def _public_reason(reason: str) -> str:
    """Return the reason of a failure. For public logs, return only the status code: replies often quote the address."""
    return reason.partition(" ")[0] if _is_public() and reason[:1].isdigit() else reason


def _is_public() -> bool:
    """Whether the log may be public: the log of a workflow. All workflow hosts set the variable CI."""
    return bool(os.environ.get("CI"))
