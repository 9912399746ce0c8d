"""``digest links``: finds dead links: to other sites, in the content, and inside the built site."""

import argparse
import re
import time
from collections import Counter
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
from generator.commands.arguments import (
    add_content_option,
    add_folder_option,
    add_lookup_options,
    add_site_option,
    project_settings,
)
from generator.commands.destination import printable
from generator.commands.verbosity import add_verbosity_options, print_note, progress
from generator.fetch.cache import ResponseCache
from generator.fetch.client import Client, Clock, FetchFailed, Limits
from generator.fetch.probe import Finding, Prober, Verdict, copies_url, has_network, host_asked_to_wait, newest_copy
from generator.model.catalog import Content
from generator.model.editorial import Collection, Term
from generator.model.entities import Institution, Person, Series
from generator.model.paper import Paper, Status
from generator.model.settings import Settings
from generator.site.verify import broken_links
from generator.store.layout import PAGES, subject
from generator.store.load import Loaded, load
from generator.text.escape import for_link, for_markdown
from generator.text.identifiers import is_web_address, public_address

ABOUT = "find dead links to external pages and inside the site"
CACHE = Path(".cache/links")
# The target of a Markdown link. It may contain pairs of parentheses, as addresses of Wikipedia do.
_LINK = re.compile(r"\]\((https?://[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)")
_LIMITS = Limits(total=30, tries=2)  # at most 30 seconds for a page, so that a slow one does not delay the others
_MAX_PROBED_HOSTS = 5
"""The number of hosts to look up. If none of them can be resolved, there is no network."""
_DAY = 24 * 3600.0  # seconds
_PARALLEL_HOSTS = 8
"""The number of hosts that are queried in parallel. Each host gets one request at a time."""


class CheckedLink(NamedTuple):
    """The result for an address, with the files that contain it.

    ``copy_hint`` says where copies of a page that is gone are, or that there are none; '' for other pages.
    """

    address: str
    files: Sequence[str]
    finding: Finding
    copy_hint: str

    @property
    def hint(self) -> str:
        """The new address of the page, or the hint about copies, or ''."""
        return f"now at {self.finding.to}" if self.finding.to else self.copy_hint

    @property
    def line(self) -> str:
        """The result as text, with the hint in a second line."""
        since = datetime.fromtimestamp(self.finding.since, UTC).date()
        more = f" and {len(self.files) - 1} more" if len(self.files) > 1 else ""
        line = (
            f"{self.files[0]}{more}: {self.address}: {self.finding.verdict.value} since {since}: {self.finding.reason}"
        )
        return f"{line}\n    {self.hint}" if self.hint else line


def report(broken: Sequence[str], checked: Sequence[CheckedLink]) -> str:
    """Return a report in Markdown. ``broken`` are messages about links inside the site.

    Addresses and messages are untrusted text.
    """
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


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_content_option(parser)
    add_site_option(parser)
    parser.add_argument("--inner", action="store_true", help="check only links inside the site")
    add_lookup_options(parser, "check", "external pages", limit=500, days=30)
    parser.add_argument("--archive", action="store_true", help="look for copies of dead pages in the Internet Archive")
    add_folder_option(parser, "--cache", CACHE, "folder for earlier results")
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
    """Check links to other sites, as the options say. Returns the results as ``run`` does."""
    agent, cache, clock = user_agent(settings), ResponseCache(arguments.cache), Clock()
    with Prober(agent, cache, _LIMITS, clock) as prober, Client(agent, cache, _LIMITS, clock) as client:
        find_copy = (lambda address: newest_copy(address, client)) if arguments.archive else None
        schedule = Schedule(arguments.most, arguments.days)
        addresses = external_links(load(arguments.content))
        # Without a network, every page would be recorded as gone. One address is enough to look up a host.
        address_by_host = {urlsplit(address).netloc: address for address in addresses}
        if addresses and not has_network(islice(address_by_host.values(), _MAX_PROBED_HOSTS)):
            print_note("no host name can be resolved: without a network nothing is checked or recorded")
            return []
        return run(addresses, schedule, prober, find_copy, clock.now())


@dataclass(frozen=True)
class Schedule:
    """The maximum number of pages per run, and the days until a page is checked again."""

    limit: int
    days: int


def external_links(loaded: Loaded) -> dict[str, list[str]]:
    """Return the files that contain an external address, by address. Papers that were removed are left out."""
    files_by_address: dict[str, list[str]] = {}
    for subject_or_path, address in _addresses(loaded.content):
        origin = loaded.origins.get(subject_or_path)
        path = origin.path if origin else subject_or_path
        if path not in files_by_address.setdefault(address, []):
            files_by_address[address].append(path)
    return dict(sorted(files_by_address.items()))


def _addresses(content: Content) -> Iterator[tuple[str, str]]:
    """Yield each external address of the content, after the subject of its record or the path of its page."""
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
        collection_subject = subject(Collection, collection.id)
        texts = (
            collection.intro,
            collection.conclusion,
            collection.disclosure,
            *(item.note for item in collection.items),
        )
        yield from ((collection_subject, source.url) for source in collection.source if source.url)
        yield from (
            (collection_subject, address)
            for translations in texts
            for text in (translations or {}).values()
            for address in _linked_addresses(text)
        )
    for term in content.glossary:
        definitions = term.definition.values()
        yield from ((subject(Term, term.id), address) for text in definitions for address in _linked_addresses(text))
    for page in content.pages:
        yield from ((f"{PAGES}/{page.id}.md", address) for address in _linked_addresses(page.text))


def _paper_addresses(paper: Paper) -> Iterator[str]:
    # The paper's page has a link for each identifier.
    yield from (public_address(kind, value) for kind, value in paper.identifiers.items())
    yield from (address for _, address in paper.links.present)
    for translations in (paper.summary, paper.significance, paper.limitations):
        for text in (translations or {}).values():
            yield from _linked_addresses(text)


def _linked_addresses(text: str) -> Iterator[str]:
    return (address for address in _LINK.findall(text) if is_web_address(address))


def run(
    files_by_address: Mapping[str, list[str]],
    schedule: Schedule,
    prober: Prober,
    find_copy: Callable[[str], str | None] | None,
    now: float,
) -> list[CheckedLink]:
    """Check the pages that are due, the oldest checks first. Returns the results whose verdict is not ``THERE``.

    Results of earlier runs are included. ``find_copy`` looks up a copy in the Internet Archive; with None, there is no
    look-up. ``now`` is in seconds since 1970.
    """
    findings = {address: finding for address in files_by_address if (finding := prober.last_finding(address))}

    def is_due(address: str) -> bool:
        if address not in findings:
            return True
        # If its host asked to wait, a page was not checked, so it is due again after a day.
        days = 1 if host_asked_to_wait(findings[address]) else schedule.days
        return findings[address].when <= now - days * _DAY

    due = sorted(
        filter(is_due, files_by_address),
        # Pages that were never checked come first.
        key=lambda address: (findings[address].when if address in findings else 0, address),
    )
    findings.update(_check_hosts(due[: schedule.limit], prober.check))
    verdicts = Counter(finding.verdict for finding in findings.values())
    counts = ", ".join(f"{verdicts[verdict]} {verdict.value}" for verdict in Verdict)
    later = f"; {len(due) - schedule.limit} more are due" if len(due) > schedule.limit else ""
    print_note(f"{len(due[: schedule.limit])} of {len(files_by_address)} pages checked now{later}; known: {counts}")
    reported = {
        address: finding for address, finding in sorted(findings.items()) if finding.verdict is not Verdict.THERE
    }
    return [
        CheckedLink(address, files_by_address[address], finding, _copy_hint(address, finding, find_copy))
        for address, finding in reported.items()
    ]


def _check_hosts(addresses: Iterable[str], check: Callable[[str], Finding]) -> Iterator[tuple[str, Finding]]:
    """Yield each address with the result of ``check``. Hosts are checked in parallel, each page by page."""
    addresses_by_host: dict[str, list[str]] = {}
    for address in addresses:
        addresses_by_host.setdefault(urlsplit(address).netloc, []).append(address)

    def check_host(addresses_of_host: list[str]) -> list[tuple[str, Finding]]:
        results = []
        for address in addresses_of_host:
            results.append((address, check(address)))
            bar.advance()
        return results

    total = sum(map(len, addresses_by_host.values()))
    with progress(total, "links") as bar, ThreadPoolExecutor(_PARALLEL_HOSTS) as pool:
        for results in pool.map(check_host, addresses_by_host.values()):
            yield from results


def _copy_hint(address: str, finding: Finding, find_copy: Callable[[str], str | None] | None) -> str:
    """Return a hint about copies of a page that is gone, or '' for another page."""
    if finding.verdict is not Verdict.GONE:
        return ""
    # Without --archive, the Internet Archive is not queried.
    if find_copy is None:
        return f"look for copies: {copies_url(address)}"
    try:
        copy = find_copy(address)
    except FetchFailed as failure:
        return f"the archive did not respond: {failure}"
    return f"a copy: {copy}" if copy else "the archive has no copy"


def _check_site(site: Path, settings: Settings) -> list[str]:
    """Return a message for each dead link inside the built site. Prints their number."""
    if not site.is_dir():
        print_note(f"{site}: no built site, so its own links were not followed")
        return []
    start = time.perf_counter()
    broken = list(broken_links(site, settings.site_url))
    seconds = time.perf_counter() - start
    print_note(f"{site}: {len(broken)} of its own links are dead ({seconds:.1f} s)")
    return broken
