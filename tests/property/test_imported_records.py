"""A record that the digest itself writes is imported as its paper; spoiled, it is imported or reported."""

# ruff: noqa: E501  # names stand beside their family names

import json

from hypothesis import given
from hypothesis import strategies as st

from generator.citation.bibtex import bibtex as write_bibtex
from generator.citation.csl import csl
from generator.citation.reference import Form, Reference
from generator.citation.ris import ris as write_ris
from generator.codec.venue_names import VenueResolver
from generator.importers import bibtex, csl_json, ris
from generator.importers.raw_paper import Importer, Options, Parsed
from generator.model.paper import Status
from generator.text.names import required_family
from tests.support.fuzzing import tries

OPTIONS = Options(origin="o")
_WORDS = st.sampled_from(
    "kettles Pans of the R&D BERT naïve Ærø 50% x_1 C# ~10 a-b – “quoted” Müller's $\\alpha$ (new) why? <b 3/4 东京".split()
)
_TITLES = st.lists(_WORDS, min_size=1, max_size=8).map(lambda words: "Kettle " + " ".join(words))
_NAMES = st.sampled_from(
    [
        ("Ngozi Okoro", ""), ("Gido M. van de Ven", ""), ("Carlos A. Coello Coello", "Coello Coello"), ("Ken Perlin Jr.", ""),
        ("Benedict Van Durme", "Van Durme"), ("林秀贞", "林"), ("김민수", "김"), ("José Álvarez de la Peña", "Álvarez de la Peña"),
        ("Åsa Öst", ""), ("Suharto", ""), ("The Kettle Consortium", ""), ("Google, Inc.", ""), ("O'Neil d'Arc", ""),
        ("Şükrü Ğ. Łuk", ""), ("Jean-Luc D. Ek", ""), ("王小明", ""),
    ]
)  # fmt: skip
_VENUES = st.sampled_from(
    [
        (Form.PROCEEDINGS, "International Conference on Machine Learning", "icml"),
        (Form.PROCEEDINGS, "Conference on Kettles & Pans", "conference-on-kettles-pans"),
        (Form.JOURNAL, "Journal of Machine Learning Research", "jmlr"),
        (Form.JOURNAL, "Kettle Letters", "kettle-letters"),
        (Form.PREPRINT, "arXiv", "arxiv"),
    ]
)


@st.composite
def _references(draw: st.DrawFn) -> tuple[Reference, str]:
    form, venue, series = draw(_VENUES)
    names = draw(st.lists(_NAMES, min_size=1, max_size=5, unique=True))
    named = {"doi": "10.5555/kettles_(1)", "arxiv": "2301.00017"}
    kinds = draw(st.lists(st.sampled_from(sorted(named)), unique=True))
    kinds = [*kinds, "arxiv"] if form is Form.PREPRINT and "arxiv" not in kinds else kinds
    identifiers: dict[str, str] = {kind: named[kind] for kind in ("arxiv", "doi") if kind in kinds}
    address = "https://a.example/x_y~z" if not identifiers else "https://arxiv.org/abs/2301.00017"
    reference = Reference(
        id="okoro2023kettle",
        form=form,
        title=draw(_TITLES),
        authors=tuple(name for name, _ in names),
        families={name: family for name, family in names if family},
        authors_incomplete=draw(st.booleans()),
        year=draw(st.integers(1950, 2099)),
        published=None,
        venue=venue,
        event="",
        place="",
        starts=None,
        ends=None,
        identifiers=identifiers,
        addresses=(address,) if not identifiers or "arxiv" in identifiers else (),
        status=Status.PUBLISHED,
        notice="",
    )
    return reference, series


def _written(reference: Reference) -> dict[str, tuple[Importer, str]]:
    return {
        "bibtex": (bibtex, write_bibtex(reference)),
        "ris": (ris, write_ris(reference)),
        "csl": (csl_json, json.dumps([csl(reference)])),
    }


def _named(author: object) -> tuple[str, str]:
    return (author["name"], author["family"]) if isinstance(author, dict) else (str(author), "")


@given(case=_references())
@tries(120)
def test_a_record_of_a_paper_is_imported_as_that_paper(case: tuple[Reference, str]) -> None:
    reference, series = case
    for kind, (importer, text) in _written(reference).items():
        parsed = importer.read(text, OPTIONS)
        (paper,) = parsed.papers
        fields = paper.fields
        title = reference.title if kind == "bibtex" else reference.title.replace("$\\alpha$", "α")
        assert fields["title"] == title, kind
        authors = fields["authors"]
        assert isinstance(authors, list)
        expected = [(name, required_family(name, reference.families.get(name, ""))) for name in reference.authors]
        assert [_named(author) for author in authors] == expected, kind
        assert ("authors_incomplete" in fields) == reference.authors_incomplete, kind
        for name, value in reference.identifiers.items():
            assert fields.get(name) == value, kind
        if not reference.identifiers:
            assert fields["links"] == {"page": reference.addresses[0]}, kind
        assert VenueResolver([]).edition_id(paper.venue) == f"{series}-{reference.year}", kind
        assert not any(note.lost for note in parsed.notes)


_PIECES = (
    "",
    "{",
    "}",
    '"',
    ",",
    "\\",
    "=",
    "#",
    "@",
    "\n",
    " and ",
    "$",
    "%",
    "~",
    "\nER  - ",
    "\nTY  - ",
    "[",
    "null",
)


@given(case=_references(), data=st.data())
@tries(150)
def test_a_spoiled_record_is_imported_or_reported(case: tuple[Reference, str], data: st.DataObject) -> None:
    for importer, text in _written(case[0]).values():
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 12)))
        spoiled = text[:start] + data.draw(st.sampled_from(_PIECES)) + text[end:]
        parsed: Parsed = importer.read(spoiled, OPTIONS)
        assert parsed.papers or parsed.notes, spoiled
        assert all(note.message and note.line for note in parsed.notes)
        assert all(paper.fields["title"] for paper in parsed.papers)
