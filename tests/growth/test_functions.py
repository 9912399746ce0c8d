"""Parsers, rules and encoders take twice as many steps for twice as much, whatever stands in it.

Another module adds its cases to a dictionary of its own and asks ``growth`` the same; importers do so.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.commands.project import quarantine_faulty
from generator.model.catalog import Content, HandPage
from generator.model.entities import Edition, Institution, Person, Series, Topic, VenueKind
from generator.model.paper import Author, Links, Paper
from generator.model.problem import limit_per_file
from generator.model.record import Raw
from generator.rules import people, records
from generator.rules.all import ADVICE, RULES, STYLE
from generator.similarity import nearest
from generator.store import jsonl_file, permalinks_file, yaml_edit, yaml_file, yaml_fix
from generator.store.layout import ContentFile
from generator.store.load import Loaded, Origin
from generator.store.reading import read_records
from generator.store.subscribers_file import read_subscribers
from generator.text import bibtex, characters, data_entry, escape, markup, maths, slug, style
from tests.growth.steps import Counted, growth

GROWTH_MOST = 2.3
SIZE = 24
Make = Callable[[int], Callable[[], object]]

DOI: dict[str, Raw] = {"doi": "10.1/x"}
DAY = date(2026, 5, 2)


def _paper(number: int, **fields: Any) -> Paper:
    records: dict[str, Any] = {
        "id": f"p{number}", "title": f"On the cats number {number}", "venue": "conf-2025", "topics": ("cats",),
        "authors": (Author(name=f"Ada B{number} Byron"),), "added": DAY,
    }  # fmt: skip
    return Paper(**{**records, **fields})


def _content(papers: Sequence[Paper], **more: Any) -> Content:
    series = Series(id="conf", name="Conf", kind=VenueKind.CONFERENCE, editions=(Edition(id="conf-2025", year=2025),))
    topic = Topic(id="cats", name={"": "C"})
    records: dict[str, Any] = {"papers": tuple(papers), "series": (series,), "topics": (topic,)}
    return Content(**{**records, **more})


CONTENTS: dict[str, Callable[[int], Content]] = {
    "plain papers": lambda n: _content([_paper(k) for k in range(n)]),
    "one title": lambda n: _content([_paper(k, title="On cats") for k in range(n)]),
    "titles alike": lambda n: _content([_paper(k, title=f"On the cats that sleep all day {k:x}a") for k in range(n)]),
    "one author": lambda n: _content([_paper(k, authors=(Author(name="Ada Byron"),)) for k in range(n)]),
    "an author many times": lambda n: _content([_paper(1, authors=(Author(name=Counted("Ada Byron")),) * n)]),
    "many authors": lambda n: _content([_paper(1, authors=tuple(Author(name=Counted(f"A{k} B")) for k in range(n)))]),
    "unknown venues and topics": lambda n: _content(
        [_paper(k, venue=f"conf-{k}", topics=(f"cat{k}", f"dog{k}")) for k in range(n)],
        topics=tuple(Topic(id=f"t{k}", name={"": "C"}) for k in range(n)),
    ),
    "a chain of topics": lambda n: _content(
        [], topics=tuple(Topic(id=f"t{k}", name={"": "C"}, parent=f"t{k + 1}") for k in range(4 * n))
    ),
    "many editions": lambda n: _content(
        [],
        series=(
            Series(
                id="c",
                name="C",
                kind=VenueKind.CONFERENCE,
                editions=tuple(Edition(id=Counted(f"c-{k}"), year=2025) for k in range(n)),
            ),
        ),
    ),
    "many series": lambda n: _content(
        [], series=tuple(Series(id=f"c{k}", name="Conf", kind=VenueKind.CONFERENCE) for k in range(n))
    ),
    "identifiers twice": lambda n: _content([_paper(k, arxiv="2501.12345") for k in range(n)]),
    "aliases of others": lambda n: _content([_paper(k, aliases=(f"p{k + 1}", f"x{k}")) for k in range(n)]),
    "published addresses lost": lambda n: _content(
        [_paper(k) for k in range(n)], permalinks=tuple(f"papers/q{k}" for k in range(n))
    ),
    "institutions alike": lambda n: _content(
        [_paper(k, affiliations=(f"University of Cats {k}", f"Cats {k}, University")) for k in range(n)],
        institutions=tuple(Institution(id=f"i{k}", name=f"University of Dogs {k}") for k in range(n)),
    ),
    "people": lambda n: _content(
        [_paper(k) for k in range(n)], people=tuple(Person(id=f"a{k}", name=f"A{k} B") for k in range(n))
    ),
    "acronyms": lambda n: _content(
        [_paper(1, summary={"": " ".join(f"XAB{'CDEFGHIJKL'[k % 10]}{k} ({'x' * 9}" for k in range(n))})]
    ),
    "links": lambda n: _content([_paper(k, links=Links(pdf=f"https://arxiv.org/abs/2501.{k:05}")) for k in range(n)]),
    "texts with markup": lambda n: _content(
        [_paper(1, title="<a" * n, summary={"": "![a <b " * n + "$x$ " * n}, tldr={"": ". A" * n})]
    ),
    "hand-written pages": lambda n: _content(
        [], pages=tuple(HandPage(id=f"a_{k}", title="x", text="y") for k in range(n))
    ),
}
"""Contents of a size that are bad for some rule. A rule is asked of each of them."""

TEXTS: dict[str, Callable[[int], str]] = {
    "letters": lambda n: "a" * n,
    "quotes": lambda n: "\"'`" * n,
    "formulas": lambda n: "=1;" * n,
    "marks": lambda n: "\\{}$&#%_^~<>|*[]()" * n,
    "dollars": lambda n: "$x" * n,
    "spaces": lambda n: " \t\n" * n,
    "controls": lambda n: "\x1b\u202e\x9b\u200d" * n,
    "other scripts": lambda n: "ä中\u0301Я" * n,
    "commands": lambda n: "\n::x::##[" * n,
    "stars": lambda n: "*a_`[" * n,
    "words": lambda n: "Aa-b, C.D " * n,
}
FUNCTIONS: dict[str, Callable[[str], object]] = {
    **{name: value for name, value in vars(escape).items() if name.startswith("for_") and name != "for_query"},
    "for_query": lambda text: escape.for_query({"q": text}),
    **{name: value for name, value in vars(bibtex).items() if name.startswith("for_")},
    "prose": lambda text: markup.read_prose.__wrapped__(text),
    "line": markup.line_html,
    "segments": lambda text: list(maths.segments(text)),
    "slugify": slug.slugify,
    "name key": slug.name_key,
    "forbidden": characters.without_forbidden,
    "normalized": lambda text: data_entry.normalize_value("title", text),
    "one sentence": style.is_one_sentence,
    "acronyms": lambda text: style.unexplained_acronyms([text], ()),
    "stock": lambda text: style.stock_phrases(text, ""),
    "yaml": yaml_file.read,
    "yaml, quick": yaml_file.read_fast,
    "json lines": lambda text: list(jsonl_file.read_rows(text)),
}
YAML: dict[str, Callable[[int], str]] = {
    "list": lambda n: "a:\n" + "- b\n" * n,
    "keys": lambda n: "".join(f"k{k}: x\n" for k in range(n)),
    "one key": lambda n: "k: x\n" * n,
    "deep": lambda n: "[" * n,
    "quoted": lambda n: 'a: "' + "\\x41 " * n + '"\n',
    "folded": lambda n: "a: >\n" + "  b c\n\n" * n,
    "comments": lambda n: "a: b\n" + "# c\n" * n,
    "anchors": lambda n: "".join(f"a{k}: &x y\n" for k in range(n)),
    "documents": lambda n: "a: b\n---\n" * n,
    "repeated keywords": lambda n: "title: x\nkeywords:\n" + "- a  b\n" * n,
    "double spaces": lambda n: "title: x\nkeywords:\n" + "".join(f"- a  b{k}\n" for k in range(n)),
}


def _loaded(n: int) -> Loaded:
    papers = [_paper(k, topics=(f"none{k}",) if k % 3 == 0 else ("cats",)) for k in range(n)]
    origins = {
        f"papers/{paper.id}": Origin("papers/conf-2025.jsonl", k + 1, "conf-2025") for k, paper in enumerate(papers)
    }
    return Loaded(Path("nowhere"), _content(papers), (), origins)


def _subscribers(folder: Path, n: int) -> Callable[[], object]:
    path = folder / f"{n}.txt"
    path.write_text("".join(f"a{k}@example.org topic:x bad\n" * 2 for k in range(n)), "utf-8")
    return lambda: read_subscribers(path)


def _bulk(line: Callable[[int], str]) -> Make:
    place = ContentFile("papers/conf-2025.jsonl", Paper, "", "conf-2025")
    return lambda n: lambda: read_records(place, "".join(line(k) + "\n" for k in range(4 * n)).encode())


OTHERS: dict[str, Make] = {
    "quarantine": lambda n: lambda: quarantine_faulty(_loaded(n)),
    "faulty lines": _bulk(lambda _: "{}"),
    "lines of no JSON": _bulk(lambda _: "{"),
    "lines that are good": _bulk(
        lambda k: json.dumps({"id": f"p{k}", "title": "T", "venue": "v", "topics": ["t"], "added": "2026-01-02"})
    ),
    "a line of keys": lambda n: lambda: list(jsonl_file.read_rows("{" + ",".join(['"a":1'] * n) + "}")),
    "addresses": lambda n: lambda: limit_per_file(permalinks_file._line_problems(["x"] * n), lambda _: ""),
    "fields added": lambda n: lambda: yaml_edit.with_fields("title: x\n" + "# c\n" * n, DOI, ("title", "doi")),
    "lists normalized": lambda n: lambda: yaml_fix.fix_yaml(YAML["repeated keywords"](n), data_entry.normalize_value),
    "values normalized": lambda n: lambda: yaml_fix.fix_yaml(YAML["double spaces"](n), data_entry.normalize_value),
}  # fmt: skip


@pytest.mark.parametrize("rule", [*RULES, *ADVICE, *STYLE], ids=lambda rule: rule.__name__)
def test_a_rule_looks_at_twice_as_much_in_twice_the_steps(
    rule: Callable[[Content], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some rules compare all of a group up to a size. These sizes are small here, so that growth beyond them shows."""
    monkeypatch.setattr(nearest, "MAX_SHARED", 6)
    monkeypatch.setattr(people, "MAX_GROUP", 6)
    monkeypatch.setattr(records, "MAX_ANCESTORS", 6)
    for name, make in CONTENTS.items():

        def prepared(n: int, make: Callable[[int], Content] = make) -> Callable[[], object]:
            content = make(n)
            return lambda: list(rule(content))

        ratios = growth(prepared, SIZE)
        assert max(ratios) < GROWTH_MOST, (name, ratios)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_encoder_or_parser_takes_twice_the_steps_for_twice_the_text(name: str) -> None:
    call = FUNCTIONS[name]
    for kind, make in {**TEXTS, **(YAML if "yaml" in name else {})}.items():

        def prepared(n: int, make: Callable[[int], str] = make) -> Callable[[], object]:
            text = make(n)
            return lambda: getattr(call, "__wrapped__", call)(text)

        ratios = growth(prepared, SIZE)
        assert max(ratios) < GROWTH_MOST, (kind, ratios)


@pytest.mark.parametrize("name", OTHERS)
def test_what_reads_or_mends_files_takes_twice_the_steps_for_twice_as_much(name: str) -> None:
    ratios = growth(OTHERS[name], SIZE)
    assert max(ratios) < GROWTH_MOST, ratios


def test_the_list_of_subscribers_grows_with_its_lines(tmp_path: Path) -> None:
    assert max(growth(lambda n: _subscribers(tmp_path, n), SIZE)) < GROWTH_MOST


def test_what_is_quadratic_is_seen() -> None:
    def pairs(n: int) -> Callable[[], object]:
        names = [Counted(str(k)) for k in range(n)]
        return lambda: [name for position, name in enumerate(names) if name in names[:position]]

    assert max(growth(pairs, SIZE)) > GROWTH_MOST
    assert max(growth(lambda n: lambda: [a for a in range(n) for _ in range(n)], SIZE)) > GROWTH_MOST
