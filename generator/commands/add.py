"""``digest add``: creates entries from public records, by identifier or address."""

import argparse
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator import __version__
from generator.commands.arguments import add_abstract_option, add_content_option, add_folder_option, project_settings
from generator.commands.destination import printable
from generator.commands.intake import IncomingRecord, Intake
from generator.commands.messages import format_problems
from generator.commands.topics import suggest_topics
from generator.commands.verbosity import add_verbosity_options, print_note, progress
from generator.fetch.cache import FETCH_CACHE, ResponseCache
from generator.fetch.client import Client, FetchFailed, NotFound, Offline
from generator.fetch.sites import SITES, Site
from generator.importers.kinds import importer_named
from generator.importers.raw_paper import Options, Parsed, RawPaper
from generator.model.settings import Settings
from generator.text.identifiers import KINDS, Identifier, identifier, proceedings_page, read_identifier

ABOUT = "add papers by identifier or URL, with metadata from arXiv, Crossref and similar services"

_OFFLINE = (
    "digest add needs a network. Connect and try again; or save the record on another machine and run "
    "digest import FILE; or start by hand with digest new TITLE"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "ids",
        nargs="+",
        metavar="ID",
        help="2501.12345, doi:…, openreview:…, acl:…, or a URL: "
        "arXiv, alphaXiv, Hugging Face, DOI, OpenReview, ACL Anthology, PMLR, CVF, NeurIPS",
    )
    parser.add_argument("--dry-run", action="store_true", help="show the entries without writing them")
    add_folder_option(parser, "--cache", FETCH_CACHE, "folder for cached responses")
    add_verbosity_options(parser)
    add_abstract_option(parser)
    add_content_option(parser)


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    identifiers_by_text = {text: read_identifier(text) or proceedings_page(text) for text in arguments.ids}
    if unknown := [text for text, requested in identifiers_by_text.items() if requested is None]:
        print(f"not an identifier or a known site's address: {printable(', '.join(unknown))}", file=sys.stderr)
        print(
            "write 2501.12345, doi:10.1145/…, openreview:…, acl:2024.acl-long.12 or the URL of its page",
            file=sys.stderr,
        )
        print("for a paper without a public record: digest new TITLE", file=sys.stderr)
        return 2
    settings = project_settings()
    if settings is None:
        return 1
    # Two arguments may be the same identifier: 2501.12345 and its URL.
    identifiers = list(dict.fromkeys(requested for requested in identifiers_by_text.values() if requested))
    options = Options(origin="", added=date.today().isoformat(), abstract=arguments.abstract)
    with Client(user_agent(settings), ResponseCache(arguments.cache)) as client:
        return run(
            identifiers, options, RecordFinder(client), arguments.content,
            dry_run=arguments.dry_run, language=settings.language,
        )  # fmt: skip


@dataclass(frozen=True)
class RecordFinder:
    """Looks up public records at ``sites``."""

    client: Client
    sites: tuple[Site, ...] = SITES

    def find(self, requested: Identifier, options: Options) -> RawPaper:
        """Return the public record of a paper.

        Raises FetchFailed if a request fails, or, with a message for each site, if no site has the record.
        """
        failures = []
        for site in self.sites:
            if site.kind == requested.kind:
                try:
                    return self._fetch(site, requested, options)
                except NotFound as failure:  # another site may have the record: some DOIs are only at DataCite
                    failures.append(str(failure))
        raise FetchFailed("; ".join(failures))

    def _fetch(self, site: Site, requested: Identifier, options: Options) -> RawPaper:
        def find_fault(text: str) -> str:
            is_record = _read_record(site, text, requested, options) is not None
            return "" if is_record else f"the response is not {site.name}'s record of the paper"

        text = self.client.get(site.address(requested), site.pause, find_fault)
        record = _read_record(site, text, requested, options)
        assert record is not None  # ``find_fault`` accepted the response
        return record


def _read_record(site: Site, text: str, requested: Identifier, options: Options) -> RawPaper | None:
    """Return the record in a response, or None if the response has another format, is cut or lacks the paper."""
    importer = importer_named(site.importer)
    assert importer is not None
    parsed: Parsed = importer.read(text, options) if importer.recognizes(text) else Parsed()
    if any(note.lost for note in parsed.notes):
        return None
    return next((paper for paper in parsed.papers if _is_about(paper, requested)), None)


def _is_about(paper: RawPaper, requested: Identifier) -> bool:
    """Whether a record is that of the requested paper."""
    # A page in proceedings (see ``proceedings_page``) is no identifier. Its address must be one of the paper's links.
    if requested.kind not in KINDS:
        links = paper.fields.get("links")
        addresses = links.values() if isinstance(links, dict) else ()
        return any(proceedings_page(str(address)) == requested for address in addresses)
    value = paper.fields.get(requested.kind)
    recorded = identifier(requested.kind, value) if isinstance(value, str) else None
    return recorded is not None and recorded.value.lower() == requested.value.lower()


def user_agent(settings: Settings) -> str:
    """Return the User-Agent header: software, digest and contact address, in printable ASCII."""
    contact = f"; mailto:{settings.contact}" if settings.contact else ""
    text = f"paper-digest/{__version__} (+{settings.repository or settings.site_url}{contact})"
    # Settings may contain any character. In a header, a line break would start another header.
    return "".join(character for character in text if " " <= character <= "~")


def run(
    identifiers: list[Identifier],
    options: Options,
    finder: RecordFinder,
    content: Path,
    *,
    dry_run: bool,
    language: str = "en",
) -> int:
    """Add the papers with these identifiers to the content folder. With ``dry_run``, only print the entries.

    Returns 1 if any paper could not be fetched or is not a valid entry; the others are added. Also returns 1, with
    nothing added, if the content folder has faults that prevent reading it. ``language`` is the digest's main language,
    in which entries are compared to suggest topics.
    """
    # New entries contain an empty ``tldr``, which ``digest check`` reports until a person writes it.
    intake = Intake(content, options.added or "", empty_fields=("tldr",))
    if intake.problems:
        print(format_problems(intake.problems, "text", prefix=f"{content.as_posix()}/"), file=sys.stderr)
        print("nothing was added", file=sys.stderr)
        return 1
    papers, failures = _fetch_records(identifiers, options, finder, intake)
    intake.add_all(IncomingRecord(paper.fields, paper.venue) for paper in papers)
    # The suggestions become comments in the planned files, which are printed next.
    suggestions = suggest_topics(intake, language)
    for path, text in intake.planned.items():
        print(f"# {path}\n{text}")
    if not dry_run:
        intake.write()
    for line in (*intake.outcome.lines, *suggestions):
        print_note(line)
    for line in intake.outcome.faults:
        print(line, file=sys.stderr)
    print_note(f"{intake.outcome.summary}{'; nothing was written (--dry-run)' if dry_run else ''}")
    return 1 if failures or intake.outcome.faults else 0


def _fetch_records(
    identifiers: list[Identifier], options: Options, finder: RecordFinder, intake: Intake
) -> tuple[list[RawPaper], int]:
    """Fetch the papers that the digest lacks. Returns their records and the number of failures, which are printed."""
    papers: list[RawPaper] = []
    failures = 0
    with progress(len(identifiers), "papers") as bar:
        for requested in identifiers:
            try:
                paper = _fetch_new(requested, options, finder, intake)
            except FetchFailed as failure:
                print(f"{_label(requested)}: nothing was added: {failure}", file=sys.stderr)
                failures += 1
                if isinstance(failure, Offline):  # every further request would fail the same way
                    print(_OFFLINE, file=sys.stderr)
                    return papers, failures
            else:
                papers += [paper] if paper else []
            bar.advance()
    return papers, failures


def _fetch_new(requested: Identifier, options: Options, finder: RecordFinder, intake: Intake) -> RawPaper | None:
    """Fetch the record of a paper. If the digest already has the paper, prints where and returns None."""
    existing_ids = intake.entry_index.find({requested.kind: requested.value}) if requested.kind in KINDS else []
    if not existing_ids:
        paper = finder.find(requested, options)
        # The record may contain another identifier of the paper, or the title of an entry.
        existing_ids = intake.entry_index.find(paper.fields)
        if not existing_ids:
            if similar := intake.entry_index.find_by_title(paper.fields):
                print(
                    f"{_label(requested)}: {intake.path(similar)} has nearly the same title; is it the same?",
                    file=sys.stderr,
                )
            return paper
    paths = " and ".join(intake.path(entry_id) for entry_id in existing_ids)
    print(f"{_label(requested)}: nothing was added: the digest has the paper, {paths}", file=sys.stderr)
    return None


def _label(requested: Identifier) -> str:
    """Return an identifier as text: ``arxiv:2501.12345``."""
    return f"{requested.kind}:{requested.value}"
