"""After any edit, what the build engine makes incrementally equals a clean build, and little is made in vain."""

import os
import random
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path
from struct import iter_unpack
from typing import Any

import msgspec
import pytest

from generator.build.cache import Cache
from generator.build.engine import TRACES, Build, Workers, cached_value, local_work
from generator.build.executors import InlineExecutor
from generator.build.inputs import HASH_LENGTH, Inputs, add_files
from generator.build.task import File, StoredFile, Task, hash_of
from generator.commands.site_tasks import traced_catalog, traced_settings
from generator.exports.all import Exports
from generator.model.catalog import Content, HandPage, build_catalog
from generator.model.editorial import CollectionKind, TagKind
from generator.model.entities import VenueKind
from generator.model.paper import Status
from generator.model.provenance import SummaryBy, WriterKind
from generator.model.settings import Settings
from generator.pages.all import page_tasks
from generator.search.facets import FacetFiles
from generator.similarity.related import STATE, RelatedPapers
from generator.store.load import load
from tests.conftest import ROOT, SETTINGS, TOY, with_papers
from tests.support.full_paper import full_paper

SETTINGS_OF_REPOSITORY = replace(SETTINGS, repository="https://github.com/toy/digest")
"""With a repository every page links to the file that it is made from."""

RANDOM_EDITS = int(os.environ.get("DIGEST_EDITS", "20"))

_NAMES_OTHERS = ("id", "venue", "topics", "topic", "institution", "week", "parent", "editions", "kind", "status")
"""Fields that must name what is there."""


_KINDS = ("papers", "series", "topics", "people", "institutions", "collections", "glossary", "tags", "pages")


class Site:
    """A site without its HTML, held in memory: the files of pages, exports, cards and facets by path."""

    def __init__(self, cache: Path) -> None:
        self.files: dict[str, bytes] = {}
        self.inputs = Inputs()
        self.written: set[str] = set()
        self._cache = Cache(cache)

    def build(
        self, content: Content, settings: Settings = SETTINGS_OF_REPOSITORY, theme: Path = ROOT / "theme"
    ) -> None:
        """Build what changed, with the engine."""
        self.inputs = inputs = Inputs()
        add_files(inputs, theme)
        catalog, traced = (
            traced_catalog(inputs, build_catalog(content, settings.founded)),
            traced_settings(inputs, settings),
        )
        exports = Exports(catalog, traced, theme, inputs)
        related = RelatedPapers(catalog, traced, inputs, lambda: cached_value(self._cache, STATE))
        stages: list[list[Task]] = [
            [related.task, *exports.value_tasks()],
            [
                *page_tasks(catalog, traced, theme, inputs),
                *exports.file_tasks(),
                *FacetFiles(catalog, traced, inputs).tasks(),
            ],
        ]
        new: dict[str, bytes] = {}

        def store(file: File) -> StoredFile:
            new[_path(file)] = file.data
            return StoredFile(_path(file), hash_of(file.data), len(file.data), b"")

        build = Build(inputs, self._cache, self._intact_hash, store)
        for stage in stages:
            with local_work(inputs, stage, store) as work:
                build.run(stage, Workers(InlineExecutor(), 1), work)
        build.save()
        self.written = set(new)
        self.files = {path: self.files[path] for path in self.outputs(build) - new.keys()} | new

    def fingerprints(self) -> Iterator[tuple[str, bytes]]:
        """The keys in the cache with their fingerprints."""
        keys, fingerprints, *_ = msgspec.msgpack.decode(self._cache.get(TRACES, TRACES) or b"")
        yield from zip(
            keys, (fingerprint for (fingerprint,) in iter_unpack(f"{HASH_LENGTH}s", fingerprints)), strict=True
        )

    def _intact_hash(self, path: str) -> bytes:
        return hash_of(self.files[path]) if path in self.files else b""

    @staticmethod
    def outputs(build: Build) -> set[str]:
        """The paths of all files of a build."""
        return {path for outputs in build.outputs.values() for path in outputs.files}


def _path(file: File) -> str:
    """Where a file is; the source of a paper's page has the name of its Markdown copy, but another template."""
    return f"{file.template}:{file.path}" if file.template else file.path


def _edited(value: object) -> Any:
    """A value of the same kind that is another, or None if there is none near at hand."""
    match value:
        case bool():
            return not value
        case str():
            return f"{value} more"
        case int():
            return value + 1
        case tuple():
            return value[:-1] or None
        case dict():
            return {language: f"{text} more" for language, text in value.items()}
    return None


def _edits(content: Content) -> Iterator[tuple[str, Content]]:
    """Every field of every record changed by itself, and every paper left out."""
    for kind in _KINDS:
        records = getattr(content, kind)
        for number, record in enumerate(records):
            for field in fields(record):
                edited = None if field.name in _NAMES_OTHERS else _edited(getattr(record, field.name))
                if edited is not None:
                    changed = replace(record, **{field.name: edited})
                    change: dict[str, Any] = {kind: (*records[:number], changed, *records[number + 1 :])}
                    yield f"{kind} {number} {field.name}", replace(content, **change)
            if kind == "papers":
                yield f"{kind} {number} gone", with_papers(content, (*records[:number], *records[number + 1 :]))
    yield from _filled_in(content)
    yield from _named_otherwise(content)


def _filled_in(content: Content) -> Iterator[tuple[str, Content]]:
    """Every field of one paper set to a value."""
    paper, full = content.papers[0], full_paper(content)
    for field in fields(paper):
        if (value := getattr(full, field.name)) != getattr(paper, field.name):
            changed = replace(paper, **{field.name: value})
            yield f"{field.name} filled in", replace(content, papers=(changed, *content.papers[1:]))


def _named_otherwise(content: Content) -> Iterator[tuple[str, Content]]:
    """Something of what is there named in place of another, or by another name or in another order."""
    *papers, last = content.papers
    *topics, leaf = content.topics
    edition = next(e.id for series in content.series for e in series.editions if e.id != last.venue)
    for what, other in {
        "venue": replace(last, venue=edition),
        "topics": replace(last, topics=(next(t.id for t in topics if t.id not in last.topics),)),
        "status": replace(last, status=Status.RETRACTED),
    }.items():
        yield f"another {what}", replace(content, papers=(*papers, other))
    people = tuple(replace(one, name=f"{one.name} III", aliases=(one.name,)) for one in content.people)
    yield "another name", replace(content, people=people)
    named = tuple(replace(i, name=f"{i.name}!", aliases=(i.name, *i.aliases)) for i in content.institutions)
    yield "another institution", replace(content, institutions=named)
    turned = tuple(replace(topic, order=-topic.order) for topic in content.topics)
    yield "another order", replace(content, topics=turned)
    yield "another parent", replace(content, topics=(*topics, replace(leaf, parent=None)))
    yield "another kind", replace(content, series=tuple(replace(s, kind=VenueKind.OTHER) for s in content.series))
    yield "another file", replace(content, bulk=content.bulk ^ {last.id})
    yield from _written_otherwise(content)
    by_hand = HandPage(id="corrections", title="Corrections", text="None.")
    yield "a page by hand", replace(content, pages=(*content.pages, by_hand))


def _written_otherwise(content: Content) -> Iterator[tuple[str, Content]]:
    """Each collection and tag of another kind, each collection of another day and by another writer."""
    later, by = timedelta(days=400), SummaryBy(kind=WriterKind.HUMAN, reviewed_by="Somebody")
    for number, collection in enumerate(content.collections):
        others = {
            "another kind": {"kind": CollectionKind.PICKS, "topic": None},
            "another introduction": {"kind": CollectionKind.START_HERE, "topic": "dogs"},
            "another day": {"date": collection.date + later},
            "another context": {"venue": "conf-2024", "institution": None, "week": "2024-w01"},
            "another writer": {"written_by": by},
            "another paper": {"items": collection.items[::-1]},
        }
        for what, changed in others.items():
            collections = list(content.collections)
            collections[number] = replace(collection, **changed)  # type: ignore[arg-type]
            yield f"{what} of collection {number}", replace(content, collections=tuple(collections))
    yield "no collections", replace(content, collections=())
    yield "no glossary", replace(content, glossary=())
    yield "another kind of tag", replace(content, tags=tuple(replace(t, kind=TagKind.TECHNIQUE) for t in content.tags))


def _alike(content: Content) -> Content:
    """The same with more papers, all in one edition and track, most of which say nearly the same."""
    papers = tuple(replace(paper, venue=content.papers[-1].venue, track=None) for paper in content.papers)
    texts = ("whiskers purring", "whiskers tails", "purring tails", "paws tails")
    more = [
        replace(papers[-1], id=f"more{number}", title=f"On {text}", tldr={"": text}, topics=(topic.id,))
        for number, (text, topic) in enumerate(zip(texts, content.topics, strict=True))
    ]
    return replace(content, papers=(*papers, *more))


@pytest.fixture(params=["toy", "alike"])
def content(request: pytest.FixtureRequest) -> Content:
    toy = load(TOY).content
    return toy if request.param == "toy" else _alike(toy)


@pytest.mark.long
def test_after_each_edit_the_files_equal_a_clean_build_and_few_are_made_in_vain(
    content: Content, tmp_path: Path
) -> None:
    site, clean = Site(tmp_path / "cache"), Site(tmp_path / "none")
    site.build(content)
    least = written = 0
    for what, edited in _edits(content):
        before = dict(site.files)
        site.build(edited)
        clean = Site(tmp_path / "no folder" / what)
        clean._cache = Cache()
        clean.build(edited)
        stale = {path for path in clean.files if site.files.get(path) != clean.files[path]}
        assert stale == set(), what
        assert site.files.keys() == clean.files.keys(), what
        unnoticed = [key for key, known in site.fingerprints() if clean.inputs.evaluate(key)[0] != known]
        assert unnoticed == [], f"{what}: a query reads what is not recorded"
        least += sum(before.get(path) != data for path, data in site.files.items())
        written += len(site.written)
    assert written <= 1.15 * least, f"{written} files were written where {least} changed"


def _edited_at_random(content: Content, start: Content, chance: random.Random) -> Content:
    """One to three fields changed; now and then a paper is left out, added between others or back as it was."""
    for _ in range(chance.randint(1, 3)):
        number = chance.randrange(len(content.papers))
        paper, choice = content.papers[number], chance.random()
        if choice < 0.1 and len(content.papers) > 2:
            papers: tuple[Any, ...] = (*content.papers[:number], *content.papers[number + 1 :])
        elif choice < 0.2:
            ids = {one.id for one in content.papers}
            new = f"{chance.choice('amz')}{chance.randrange(1000)}"
            papers = content.papers if new in ids else (*content.papers, replace(paper, id=new, aliases=()))
        elif choice < 0.3:
            papers = start.papers
        else:
            names = [field.name for field in fields(paper) if field.name not in _NAMES_OTHERS]
            values = {name: _edited(getattr(paper, name)) for name in chance.sample(names, 3)}
            known = {name: value for name, value in values.items() if value is not None}
            papers = (*content.papers[:number], replace(paper, **known), *content.papers[number + 1 :])
        whole = replace(content, collections=start.collections)
        content = with_papers(whole, tuple(sorted(papers, key=lambda one: one.id)))
    return content


@pytest.mark.long
def test_random_edits_on_top_of_each_other_give_a_clean_build(content: Content, tmp_path: Path) -> None:
    """``make torture`` makes 300 of them."""
    chance, site, edited = random.Random(17), Site(tmp_path / "cache"), content
    site.build(content)
    for number in range(RANDOM_EDITS):
        edited = _edited_at_random(edited, content, chance)
        site.build(edited)
        clean = Site(tmp_path / "none")
        clean._cache = Cache()
        clean.build(edited)
        assert site.files == clean.files, f"edit {number + 1}"


@pytest.mark.long
def test_settings_translations_and_templates_are_inputs(content: Content, tmp_path: Path) -> None:
    import shutil

    theme = tmp_path / "theme"
    shutil.copytree(ROOT / "theme", theme)
    site = Site(tmp_path / "cache")
    site.build(content, theme=theme)

    def rebuilt(settings: Settings) -> None:
        site.build(content, settings, theme)
        clean = Site(tmp_path / "none")
        clean._cache = Cache()
        clean.build(content, settings, theme)
        assert site.files == clean.files

    rebuilt(replace(SETTINGS_OF_REPOSITORY, license="CC BY 4.0"))
    assert 0 < len(site.written) < len(site.files)
    rebuilt(replace(SETTINGS_OF_REPOSITORY, founded=max(paper.added for paper in content.papers)))
    assert 0 < len(site.written) < len(site.files)
    for template in ("pages/author.md.j2", "pages/macros.md.j2", "exports/atom-entry.xml.j2"):
        text = (theme / template).read_text("utf-8")
        (theme / template).write_text(text.replace("{{ ", "new {{ ", 1), "utf-8")
        rebuilt(SETTINGS_OF_REPOSITORY)
        assert 0 < len(site.written) < len(site.files), template
    schema = theme / "exports/api.schema.json"
    schema.write_text(schema.read_text("utf-8").replace("{", "{ ", 1), "utf-8")
    rebuilt(SETTINGS_OF_REPOSITORY)
    assert site.written == {"api/v1/schema.json"}


@pytest.mark.long
def test_every_setting_is_an_input(tmp_path: Path) -> None:
    content, before = load(TOY).content, SETTINGS_OF_REPOSITORY
    site = Site(tmp_path / "cache")
    site.build(content)
    for field in fields(before):
        edited = None if field.name in ("language", "words") else _edited(getattr(before, field.name))
        if edited is not None:
            changed = replace(before, **{field.name: edited})
            site.build(content, changed)
            clean = Site(tmp_path / "none")
            clean._cache = Cache()
            clean.build(content, changed)
            assert site.files == clean.files, field.name
