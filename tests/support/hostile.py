"""A digest whose every field holds hostile text, and what its pages may contain all the same."""

import json
import os
import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from generator.codec.decode import decode
from generator.model.catalog import Catalog, Content, build_catalog
from generator.model.editorial import Collection, Tag, Term
from generator.model.paper import Author, Correction, Links, Paper, Status
from generator.store.load import load
from generator.text import characters
from tests.conftest import ROOT, SOURCES, TOY

SAMPLE = int(os.environ.get("DIGEST_HOSTILE", "120"))
OWN: tuple[str, ...] = tuple(json.loads((ROOT / "tests/cases/hostile.json").read_text("utf-8")))
"""The last one is harmless."""
ADDRESS = "https://x.example/a)'&lt;[b](y)*_$~;!#=?javascript:&quot;"
"""An address that the codec accepts, with characters that could end a link."""
DOI = "\\input(x)%#^_[a](b)*;$'"
"""The end of a DOI that the codec accepts, with characters that mean something to TeX and Markdown."""
EDITORIAL_ONE_IN = 10  # strings
TAGS = (
    "article nav p a h1 h2 h3 div span strong em code ul ol li aside section br details summary input label mark "
    "dl dt dd pre button form select option math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded "
    "mphantom msub msup msubsup munder mover munderover mtable mtr mtd mmultiscripts mprescripts "
    "svg circle title figure figcaption time g text tspan fieldset"
).split()
ATTRIBUTES = (
    "viewBox cx cy r aria-hidden tabindex data-map data-paper aria-pressed hreflang "
    "class id href title rel lang aria-label aria-current markdown data-search-page data-facet data-count "
    "data-turn role display stretchy fence separator form lspace rspace minsize maxsize accent accentunder width "
    "linethickness mathvariant columnalign type value name autocomplete spellcheck open hidden disabled "
    "data-copy data-copy-file aria-live download data-key data-date data-search action for placeholder enterkeyhint "
    "x y dx dy transform datetime data-news data-share data-zoom data-filter data-list data-here "
    "aria-autocomplete aria-controls aria-describedby aria-expanded aria-activedescendant aria-selected"
).split()


def strings(sample: int = SAMPLE) -> list[str]:
    """The hostile strings of the tests, and up to ``sample`` with those of the folder of real sources."""
    texts = list(OWN)
    collection = SOURCES / "hostile" / "xss-dev.jsonl"
    if collection.is_file():
        rows = [json.loads(line)["payload"] for line in collection.read_text("utf-8").split("\n") if line]
        fields = json.loads((collection.parent / "fields.json").read_text("utf-8"))
        rows += [text for values in fields.values() for text in values]
        random.Random(3).shuffle(rows)
        texts += rows[: max(0, sample - len(texts))]
    return texts


def hostile_catalog(texts: Sequence[str], *, topic: str = "") -> Catalog:
    """A paper for each text, with the text in every field that takes text.

    Characters that the codec refuses are removed. ``topic`` is the name of the topic of all papers. Every tenth text is
    also that of a collection, a term and a tag.
    """
    toy = load(TOY).content
    papers = []
    for number, text in enumerate(texts):
        prose = characters.without_forbidden(text)[:1200].strip() or "empty"
        line = " ".join(prose.split())[:280] or "empty"
        raw = {
            "id": f"hostile-{number}", "title": f"{number} {line}",
            "authors": [{"name": f"A {line}", "affiliation": line}],
            "venue": "conf-2025", "track": line, "topics": ["cats"], "keywords": [line], "tldr": line, "summary": prose,
            "significance": prose, "limitations": prose, "awards": [line], "abstract": prose, "added": "2025-01-01",
            "other_titles": [f"{number} other {line}"], "status": "corrected", "status_note": line,
            "links": {"pdf": ADDRESS}, "doi": f"10.1000/{number}{DOI}", "aliases": [f"earlier-{number}"],
            "corrections": [{"date": "2025-01-01", "note": line}], "affiliations": [line],
        }  # fmt: skip
        paper, faults = decode(Paper, raw)  # type: ignore[arg-type]
        assert paper is not None, (text, faults)
        papers.append(paper)
    records = _hostile_editorial([paper.tldr[""] for paper in papers if paper.tldr][::EDITORIAL_ONE_IN])
    name = {"": topic or "Cats"}
    topics = tuple(replace(item, name=name) if item.id == "cats" else item for item in toy.topics)
    series = tuple(replace(item, name=item.id, full_name=None) for item in toy.series)
    return build_catalog(replace(records, papers=tuple(papers), series=series, topics=topics, pages=toy.pages))


def _hostile_editorial(lines: Sequence[str]) -> Content:
    """A collection, a term and a tag for each line, with the line in every field that takes text."""
    by = {"kind": "ai", "model": "m", "date": "2025-01-01"}
    records: dict[type, list[Any]] = {Collection: [], Term: [], Tag: []}
    for number, line in enumerate(lines):
        item = {"paper": "hostile-0", "note": line, "heading": line}
        rows: dict[type, dict[str, Any]] = {
            Collection: {
                "name": line, "kind": "picks" if number else "start-here", "topic": "cats", "date": "2025-02-02",
                "intro": {"en": line, "de": line}, "items": [item], "conclusion": line, "disclosure": line,
                "written_by": {**by, "model": line, "reviewed_by": line},
                "source": {"kind": "x", "name": line, "url": "https://x.example/"},
            },
            Term: {"name": f"{number} {line}"[:280], "definition": line, "written_by": by},
            Tag: {"name": line, "kind": "work", "description": line},
        }  # fmt: skip
        for kind, row in rows.items():
            record, faults = decode(kind, {"id": f"hostile-{number}", **row})
            assert record is not None, (line, faults)
            records[kind].append(record)
    return Content(collections=tuple(records[Collection]), glossary=tuple(records[Term]), tags=tuple(records[Tag]))


ATTACK = "<img src=x onerror=alert(1)>"


def sink_catalog(left_out: str = "") -> Catalog:
    """A paper for each field that contributors fill, with the attack in this field alone."""
    toy = load(TOY).content
    plain = next(paper for paper in toy.papers if paper.id == "berg2025many")
    plain = replace(plain, aliases=(), other_titles=(), arxiv=None, doi=None, openreview=None, acl=None)
    sinks: dict[str, dict[str, Any]] = {
        "title": {"title": ATTACK}, "author": {"authors": (Author(name=ATTACK),)},
        "affiliation": {"authors": (Author(name="Ada Byron", affiliation=(ATTACK,)),)},
        "institution": {"affiliations": (ATTACK,)}, "tldr": {"tldr": {"": ATTACK}},
        "summary": {"summary": {"": ATTACK}},
        "significance": {"significance": {"": ATTACK}}, "limitations": {"limitations": {"": ATTACK}},
        "keyword": {"keywords": (ATTACK,)}, "track": {"track": ATTACK}, "award": {"awards": (ATTACK,)},
        "note": {"status": Status.CORRECTED, "status_note": {"": ATTACK}}, "topic": {"topics": ("cats",)},
        "correction": {"corrections": (Correction(date=plain.added, note={"": ATTACK}),)},
        "link": {"links": Links(page="javascript:alert(1)")},
    }  # fmt: skip
    papers = [
        replace(plain, **{"id": name, "title": name, "topics": ("dogs",), **changed})
        for name, changed in sinks.items()
        if name != left_out
    ]
    topics = tuple(replace(item, name={"": ATTACK}) if item.id == "cats" else item for item in toy.topics)
    return build_catalog(replace(toy, papers=tuple(papers), topics=topics, collections=()))
