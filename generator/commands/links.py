"""``digest links``: finds dead links, both external ones in entries and internal ones of the built site."""

import argparse
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from generator.build.safe_files import write_whole
from generator.commands.add import user_agent
from generator.commands.arguments import add_content_option, add_lookup_options, add_site_option, project_settings
from generator.commands.destination import printable
from generator.commands.verbosity import add_verbosity_options, print_note, progress
from generator.fetch.cache import ResponseCache
from generator.fetch.client import Client, Clock, FetchFailed, Limits
from generator.fetch.probe import Finding, Prober, Verdict, has_network, host_asked_to_wait, list_of_copies, newest_copy
from generator.model.catalog import Content
from generator.model.editorial import Collection
from generator.model.entities import Institution, Person, Series
from generator.model.paper import Paper, Status
from generator.model.settings import Settings
from generator.site.verify import broken_links
from generator.store.layout import PAGES, subject
from generator.store.load import Loaded, load
from generator.text.escape import for_link, for_markdown
from generator.text.identifiers import is_web_address, public_address


class CheckedLink(NamedTuple):
    """The result for an address, the files that name it, and a hint about copies of a dead page, or ''."""

    address: str
    files: Sequence[str]
    finding: Finding
    copy: str

    @property
    def hint(self) -> str:
        """The proposed replacement, or ''."""
        return f"now at {self.finding.to}" if self.finding.to else self.copy

    @property
    def line(self) -> str:
        """The finding for a person, with the hint below it."""
        since = datetime.fromtimestamp(self.finding.since, UTC).date()
        more = f" and {len(self.files) - 1} more" if len(self.files) > 1 else ""
        line = (
            f"{self.files[0]}{more}: {self.address}: {self.finding.verdict.value} since {since}: {self.finding.reason}"
        )
        return f"{line}\n    {self.hint}" if self.hint else line


def report(broken: Sequence[str], checked: Sequence[CheckedLink]) -> str:
    """Return all results as Markdown. Addresses are untrusted text."""
    lines = ["# Links", "", f"{len(broken)} links inside the site are dead.", ""]
    lines += [f"- {for_markdown(line)}" for line in broken]
    for verdict in (Verdict.GONE, Verdict.MOVED, Verdict.UNSURE):
        results = [result for result in checked if result.finding.verdict is verdict]
        lines += ["", f"## {verdict.value.capitalize()}: {len(results)}", ""]
        for result in results:
            files = ", ".join(for_markdown(path) for path in result.files[:3])
            link = f"[{for_markdown(result.address)}]({for_link(result.address)})"
            lines.append(f"- {link}, {files}: {for_markdown(result.finding.reason)}")
            lines += [f"  {for_markdown(result.hint)}"] if result.hint else []
    return "\n".join(lines) + "\n"


ABOUT = "find dead links to external pages and inside the site"
CACHE = Path(".cache/links")
# The target of a Markdown link. It may contain pairs of parentheses, as addresses of Wikipedia do.
_LINK = re.compile(r"\]\((https?://[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)")
_LIMITS = Limits(total=30, tries=2)  # seconds in total and tries: one slow page must not delay the others
_MAX_PROBED_HOSTS = 5  # hosts to look up; if none of them resolves, there is no network
_DAY = 24 * 3600.0
_PARALLEL_HOSTS = 8
"""Hosts that are asked in parallel. Each host gets one request at a time."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_content_option(parser)
    add_site_option(parser)
    parser.add_argument("--inner", action="store_true", help="check only links inside the site")
    add_lookup_options(parser, "check", "external pages", limit=500, days=30)
    parser.add_argument("--archive", action="store_true", help="look for copies of dead pages in the Internet Archive")
    parser.add_argument(
        "--cache", type=Path, default=CACHE, metavar="DIR", help=f"folder for earlier results (default: {CACHE})"
    )
    add_verbosity_options(parser)


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    settings = project_settings()
    if settings is None:
        return 1
    broken = _check_site(arguments.site_dir, settings)
    checked: list[CheckedLink] = []
    if not arguments.inner:
        checked = _check_external(arguments, settings)
    for line in (*broken, *(result.line for result in checked)):
        print("\n".join(map(printable, line.split("\n"))))
    if arguments.report:
        write_whole(arguments.report, report(broken, checked).encode("utf-8"), arguments.report.parent)
    return 1 if broken or any(result.finding.verdict is Verdict.GONE for result in checked) else 0


def _check_external(arguments: argparse.Namespace, settings: Settings) -> list[CheckedLink]:
    agent, cache, clock = user_agent(settings), ResponseCache(arguments.cache), Clock()
    with Prober(agent, cache, _LIMITS, clock) as prober, Client(agent, cache, _LIMITS, clock) as client:
        find_copy = (lambda address: newest_copy(address, client)) if arguments.archive else None
        schedule = Schedule(arguments.most, arguments.days)
        addresses = external_links(load(arguments.content))
        # Without a network every page looks gone, and the results would be recorded.
        hosts = {urlsplit(address).netloc: address for address in addresses}
        if addresses and not has_network(islice(hosts.values(), _MAX_PROBED_HOSTS)):
            print_note("no host name can be resolved: without a network nothing is checked or recorded")
            return []
        return run(addresses, schedule, prober, find_copy, clock.now())


@dataclass(frozen=True)
class Schedule:
    """The maximum number of pages per run, and the days until a page is checked again."""

    limit: int
    days: int


def external_links(loaded: Loaded) -> dict[str, list[str]]:
    """Return every external address, with the files that name it. Removed papers are left out."""
    files_by_address: dict[str, list[str]] = {}
    for key, address in _addresses(loaded.content):
        path = loaded.origins[key].path if key in loaded.origins else key
        if path not in files_by_address.setdefault(address, []):
            files_by_address[address].append(path)
    return dict(sorted(files_by_address.items()))


def _addresses(content: Content) -> Iterator[tuple[str, str]]:
    """Yield pairs of the key of a record, or the path of a page, and an address that it names."""
    for paper in content.papers:
        if paper.status is not Status.REMOVED:
            yield from ((subject(Paper, paper.id), address) for address in _paper_addresses(paper))
    for series in content.series:
        urls = (series.url, *(edition.url for edition in series.editions))
        yield from ((subject(Series, series.id), address) for address in urls if address)
    yield from ((subject(Person, person.id), person.homepage) for person in content.people if person.homepage)
    yield from (
        (subject(Institution, institution.id), institution.url)
        for institution in content.institutions
        if institution.url
    )
    for collection in content.collections:
        key = subject(Collection, collection.id)
        texts = (
            collection.intro,
            collection.conclusion,
            collection.disclosure,
            *(item.note for item in collection.items),
        )
        yield from ((key, source.url) for source in collection.source if source.url)
        yield from (
            (key, address) for text in texts for part in (text or {}).values() for address in _linked_addresses(part)
        )
    for page in content.pages:
        yield from ((f"{PAGES}/{page.id}.md", address) for address in _linked_addresses(page.text))


def _paper_addresses(paper: Paper) -> Iterator[str]:
    # The identifiers are links on the paper's page.
    yield from (public_address(kind, value) for kind, value in paper.identifiers.items())
    yield from (address for _, address in paper.links.present)
    for texts in (paper.summary, paper.significance, paper.limitations):
        for text in (texts or {}).values():
            yield from _linked_addresses(text)


def _linked_addresses(text: str) -> Iterator[str]:
    return (address for address in _LINK.findall(text) if is_web_address(address))


def run(
    wanted: Mapping[str, list[str]],
    schedule: Schedule,
    prober: Prober,
    find_copy: Callable[[str], str | None] | None,
    now: float,
) -> list[CheckedLink]:
    """Check the pages whose last check is oldest. Returns the known results of all pages that may not be there.

    ``find_copy`` looks up a copy in the Internet Archive; None skips that. ``now`` is in seconds since 1970.
    """
    findings = {address: finding for address in wanted if (finding := prober.last_finding(address))}

    # A host that asked to wait said nothing about the page, so the page is due again after a day.
    def due_before(finding: Finding) -> float:
        return now - (1 if host_asked_to_wait(finding) else schedule.days) * _DAY

    due = sorted(
        (
            address
            for address in wanted
            if address not in findings or findings[address].when <= due_before(findings[address])
        ),
        # Pages that were never checked come first.
        key=lambda address: (findings[address].when if address in findings else 0, address),
    )
    findings.update(_check_hosts(due[: schedule.limit], prober.check))
    counts = ", ".join(f"{sum(f.verdict is verdict for f in findings.values())} {verdict.value}" for verdict in Verdict)
    later = f"; {len(due) - schedule.limit} more are due" if len(due) > schedule.limit else ""
    print_note(f"{len(due[: schedule.limit])} of {len(wanted)} pages checked now{later}; known: {counts}")
    reported = {
        address: finding for address, finding in sorted(findings.items()) if finding.verdict is not Verdict.THERE
    }
    return [
        CheckedLink(address, wanted[address], finding, _find_copy(address, finding, find_copy))
        for address, finding in reported.items()
    ]


def _check_hosts(addresses: Iterable[str], check: Callable[[str], Finding]) -> Iterator[tuple[str, Finding]]:
    """Check addresses: several hosts in parallel, the addresses of one host one after another."""
    hosts: dict[str, list[str]] = {}
    for address in addresses:
        hosts.setdefault(urlsplit(address).netloc, []).append(address)

    def check_one(address: str) -> tuple[str, Finding]:
        result = address, check(address)
        bar.advance()
        return result

    with progress(sum(map(len, hosts.values())), "links") as bar, ThreadPoolExecutor(_PARALLEL_HOSTS) as pool:
        for result in pool.map(lambda same_host: [check_one(address) for address in same_host], hosts.values()):
            yield from result


def _find_copy(address: str, finding: Finding, find_copy: Callable[[str], str | None] | None) -> str:
    if finding.verdict is not Verdict.GONE:
        return ""
    # The Internet Archive is asked only with --archive.
    if find_copy is None:
        return f"look for copies: {list_of_copies(address)}"
    try:
        copy = find_copy(address)
    except FetchFailed as failure:
        return f"the archive could not be asked: {failure}"
    return f"a copy: {copy}" if copy else "the archive has no copy"


def _check_site(site: Path, settings: Settings) -> list[str]:
    if not site.is_dir():
        print_note(f"{site}: no built site, so its own links were not followed")
        return []
    start = time.perf_counter()
    broken = list(broken_links(site, settings.site_url))
    seconds = time.perf_counter() - start
    print_note(f"{site}: {len(broken)} of its own links are dead ({seconds:.1f} s)")
    return broken
