"""``digest watch``: reports what changed since entries were written, such as versions and venues, from registries."""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from generator.build.safe_files import write_whole
from generator.commands.add import user_agent
from generator.commands.arguments import add_content_option, add_folder_option, add_lookup_options, project_settings
from generator.commands.destination import printable
from generator.commands.verbosity import add_verbosity_options, print_note, progress
from generator.commands.watch_changes import PlannedChanges
from generator.fetch.cache import ResponseCache
from generator.fetch.client import Client, FetchFailed, NotFound, Offline
from generator.model.catalog import Content
from generator.model.entities import Series
from generator.model.paper import Paper, Status
from generator.store.load import load
from generator.text.escape import for_markdown
from generator.watching.findings import Finding, findings
from generator.watching.registries import REGISTRIES, BadResponse, Registry, RegistryState

ABOUT = "find new versions, withdrawals, retractions, venues and code of the papers at arXiv, Crossref and OpenReview"
CACHE = Path(".cache/watch")
_DAY = 24 * 3600.0  # seconds


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_content_option(parser)
    add_lookup_options(parser, "look up", "papers", limit=1000, days=6)
    parser.add_argument("--write", action="store_true", help="write the results that need no decision into the entries")
    add_folder_option(parser, "--cache", CACHE, "folder for cached responses")
    add_verbosity_options(parser)


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    settings = project_settings()
    if settings is None:
        return 1
    cache = ResponseCache(arguments.cache)
    with Client(user_agent(settings), cache) as client:
        watch = Watch(client, cache)
        return run(arguments.content, watch, arguments.most, arguments.days, arguments.report, write=arguments.write)


@dataclass(frozen=True)
class PaperFinding:
    """A finding about a paper."""

    paper_id: str
    finding: Finding


@dataclass
class Watch:
    """Queries the registries at the time ``now``, in seconds since 1970 (default: the time of the clock).

    The cache records the last query about each paper. ``failures`` are messages about registries that failed.
    """

    client: Client
    cache: ResponseCache
    registries: Sequence[Registry] = REGISTRIES
    now: float = 0.0
    failures: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.now = self.now or time.time()

    def due(self, papers: Sequence[Paper], days: int) -> list[Paper]:
        """Return the papers that were last queried ``days`` ago or earlier, the oldest query first."""
        last_queries = {paper.id: self._last_query(paper) for paper in papers if self._can_be_queried(paper)}
        due_before = self.now - days * _DAY
        return sorted(
            (paper for paper in papers if paper.id in last_queries and last_queries[paper.id] <= due_before),
            key=lambda paper: (last_queries[paper.id], paper.id),
        )

    def states(self, papers: Sequence[Paper]) -> dict[str, dict[str, RegistryState]]:
        """Return the state of each paper in each registry, by the paper's id and the registry's name.

        A request that fails is added to ``failures``, and its papers are due again in the next run. Raises Offline.
        """
        states: dict[str, dict[str, RegistryState]] = {paper.id: {} for paper in papers}
        failed: set[str] = set()
        with progress(sum(1 for _ in self._requests(papers)), "requests") as bar:
            for registry, batch in self._requests(papers):
                kind = registry.identifier_kind
                try:
                    states_by_key = self._query(registry, [paper.identifiers[kind] for paper in batch])
                except Offline:  # a subclass of FetchFailed, but all registries would fail
                    raise
                except FetchFailed as failure:
                    self.failures += (f"{registry.name}: {failure}",)
                    failed.update(paper.id for paper in batch)
                    continue
                finally:
                    bar.advance()
                for paper in batch:
                    if state := states_by_key.get(_key(kind, paper.identifiers[kind])):
                        states[paper.id][registry.name] = state
        # A paper is recorded only if all its registries responded. Otherwise the next run queries all of them again.
        # The record contains the identifiers: if one of them changes, the paper is due at once.
        for paper in papers:
            if paper.id not in failed:
                self.cache.store(f"watch {paper.id}", json.dumps(dict(paper.identifiers)), self.now)
        return states

    def _requests(self, papers: Sequence[Paper]) -> Iterator[tuple[Registry, list[Paper]]]:
        """Yield a registry and a batch of papers for each request."""
        for registry in self.registries:
            identified = [paper for paper in papers if registry.identifier_kind in paper.identifiers]
            for first in range(0, len(identified), registry.batch_size):
                yield registry, identified[first : first + registry.batch_size]

    def _query(self, registry: Registry, identifiers: list[str]) -> Mapping[str, RegistryState]:
        """Return the states by ``_key`` of the identifiers that the registry has. Raises FetchFailed."""

        def find_fault(text: str) -> str:
            try:
                registry.read(text)
            except BadResponse as error:
                return str(error)
            return ""

        try:
            # A run that is repeated after a failure takes the responses of the same day from the cache.
            text = self.client.get(registry.address(identifiers), registry.pause, find_fault, max_age=_DAY)
        except NotFound:
            return {}
        return {_key(registry.identifier_kind, identifier): state for identifier, state in registry.read(text).items()}

    def _can_be_queried(self, paper: Paper) -> bool:
        kinds = {registry.identifier_kind for registry in self.registries}
        return paper.status is not Status.REMOVED and any(kind in paper.identifiers for kind in kinds)

    def _last_query(self, paper: Paper) -> float:
        """Return the time of the last query about a paper; 0 if there is none, or if its identifiers changed since."""
        record = self.cache.stored(f"watch {paper.id}")
        return record.time if record and record.text == json.dumps(dict(paper.identifiers)) else 0


def _key(kind: str, identifier: str) -> str:
    """Return a form of an identifier that is the same in entries and registries."""
    return identifier.lower() if kind == "doi" else identifier  # DOIs are case-insensitive


def run(content: Path, watch: Watch, limit: int, days: int, report: Path | None, *, write: bool) -> int:
    """Query the registries about the papers that are due, and print the findings.

    ``limit`` is the maximum number of papers; ``days`` as in ``Watch.due``; ``report`` is a file for the findings as
    Markdown. With ``write``, changes that need no decision are written into the entries. Returns 1 if there is no
    network, or if registries failed and none had a record of a paper.
    """
    loaded = load(content)
    due = watch.due(loaded.content.papers, days)
    batch = due[:limit]
    try:
        states = watch.states(batch)
    except Offline as failure:
        print(f"nothing was looked up: {failure}", file=sys.stderr)
        return 1
    results = _findings(loaded.content, batch, states, watch.now)
    planned = PlannedChanges(content, loaded.content)
    effects = [planned.change(result.paper_id, result.finding) if write else "" for result in results]
    lines = [_line(planned, result, effect) for result, effect in zip(results, effects, strict=True)]
    for line in lines:
        print(printable(line))
    if write:
        planned.write()
    for reason in watch.failures:
        print_note(f"not looked up: {reason}")
    later = f"; {len(due) - len(batch)} more are due" if len(due) > len(batch) else ""
    print_note(f"{len(batch)} papers looked up{later}: {len(results)} findings")
    if report:
        items = [f"- {for_markdown(line)}" for line in lines]
        text = "\n".join(["# Changes of papers", "", *(items or ["Nothing new."]), ""])
        write_whole(report, text.encode("utf-8"), report.parent)
    return 1 if watch.failures and not any(states.values()) else 0


def _findings(
    content: Content, papers: Sequence[Paper], states: Mapping[str, Mapping[str, RegistryState]], now: float
) -> list[PaperFinding]:
    """Return the findings about ``papers``, sorted by paper. ``now`` is in seconds since 1970."""
    series_by_edition: dict[str, Series] = {
        edition.id: series for series in content.series for edition in series.editions
    }
    today = datetime.fromtimestamp(now, UTC).date()
    return [
        PaperFinding(paper.id, finding)
        for paper in sorted(papers, key=lambda paper: paper.id)
        for finding in findings(paper, series_by_edition.get(paper.venue), states[paper.id], today)
    ]


def _line(planned: PlannedChanges, result: PaperFinding, effect: str) -> str:
    """Return a finding as a line. ``effect`` says what is written into the entry, or is ''."""
    action = f" [{effect}]" if effect else ""
    return f"{planned.path(result.paper_id)}: {result.finding.kind.value}: {result.finding.message}{action}"
