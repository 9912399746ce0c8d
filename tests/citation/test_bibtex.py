"""BibTeX, read back by parsers of other projects."""

import unicodedata

import bibtexparser
from pybtex.database import Person, parse_string
from pylatexenc.latex2text import LatexNodes2Text

from generator.citation.bibtex import bibtex
from generator.citation.reference import Form, Reference
from generator.text.identifiers import public_address
from generator.text.maths import to_plain
from generator.text.names import split_name

TYPES = {Form.PROCEEDINGS: "inproceedings", Form.JOURNAL: "article", Form.PREPRINT: "misc", Form.OTHER: "misc"}


VENUES = {"inproceedings": "booktitle", "article": "journal", "misc": "howpublished"}


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
    for registry in ("acl", "openreview"):
        if registry in reference.identifiers:
            assert fields["url"] == public_address(registry, reference.identifiers[registry])
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
