"""What machines read in the head of a paper's page, held against published rules and a JSON-LD processor."""

import json
import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld
from selectolax.lexbor import LexborHTMLParser

from generator.citation.reference import Form, reference_of
from generator.model.catalog import Catalog
from generator.model.own_text import DIGITAL_SOURCE_VOCABULARY, digital_source, disclosure
from generator.model.paper import Paper
from generator.model.provenance import SummaryBy, WriterKind
from generator.pages.head import paper_head
from generator.pages.views import Views
from generator.text.escape import for_script
from generator.text.identifiers import public_address
from generator.text.maths import to_plain
from tests.conftest import SETTINGS

SCHEMA = "https://schema.org"
TERMS = set(
    "name alternateName author datePublished dateModified publication isPartOf sameAs about keywords award "
    "creativeWorkStatus subjectOf creditText license affiliation "
    "startDate endDate location pagination digitalSourceType".split()
)
"""Properties of schema.org 29 that the types used here have."""


@pytest.fixture(scope="module", params=["toy", "real"])
def catalog(request: pytest.FixtureRequest) -> Catalog:
    catalog: Catalog = request.getfixturevalue(request.param)
    return catalog


def _tags(catalog: Catalog, paper: Paper, **settings: Any) -> dict[str, list[str]]:
    chosen = replace(SETTINGS, **settings)
    head = paper_head(Views(catalog, chosen), chosen, paper, reference_of(catalog, paper, "en"))
    values: dict[str, list[str]] = defaultdict(list)
    for name, content in head.tags:
        values[name].append(content)
    return values


def test_highwire_tags_of_every_paper(catalog: Catalog) -> None:
    """Scholar's rules: one title, an author a tag, a date of a year or with slashes, and one kind of venue."""
    for paper in catalog.papers.values():
        tags, reference = _tags(catalog, paper), reference_of(catalog, paper, "en")
        assert tags["citation_title"] == [to_plain(paper.title)]
        assert tags["citation_author"] == list(paper.author_names)
        assert all(re.fullmatch(r"\d{4}(/\d\d/\d\d)?", day) for day in tags["citation_publication_date"])
        assert ("citation_journal_title" in tags) == (reference.form is Form.JOURNAL)
        assert ("citation_conference_title" in tags) == (reference.form is Form.PROCEEDINGS)
        assert tags["citation_doi"] == ([paper.doi] if paper.doi else [])
        assert not any(" " in address for address in tags["citation_pdf_url"])


def test_dublin_core_of_every_paper(catalog: Catalog) -> None:
    elements = {"title", "creator", "date", "type", "source", "identifier", "description"}
    for paper in catalog.papers.values():
        tags = _tags(catalog, paper, citation_tags=False)
        assert {name.removeprefix("DC.") for name in tags if name.startswith("DC.")} <= elements
        assert tags["DC.creator"] == list(paper.author_names)


def test_highwire_tags_can_be_switched_off(toy: Catalog) -> None:
    tags = _tags(toy, toy.papers["oconnor2025cats"], citation_tags=False)
    assert not any(name.startswith("citation_") for name in tags)
    assert "DC.title" in tags


def test_the_tags_state_a_retraction(toy: Catalog) -> None:
    assert _tags(toy, toy.papers["zhu2025dogs"])["DC.description"] == ["Retracted: The stick was not thrown."]


def test_a_paper_points_to_its_lasting_address_and_its_full_text(toy_site: Path) -> None:
    """The relations of FAIR Signposting (https://signposting.org/FAIR/), on links that readers see."""
    page = LexborHTMLParser((toy_site / "papers/oconnor2025cats/index.html").read_text("utf-8"))
    assert [a.attributes["href"] for a in page.css('a[rel~="cite-as"]')] == ["https://arxiv.org/abs/2501.01234"]
    assert [a.text() for a in page.css('a[rel~="item"]')] == ["PDF"]
    described = {link.attributes["href"] for link in page.css('link[rel~="describedby"]')}
    assert {"cite.bib", "cite.json", "index.json"} <= described


@pytest.mark.parametrize(
    ("kind", "reviewer", "code", "text"),
    [
        ("ai", "", "trainedAlgorithmicMedia", "AI-written summary, not reviewed"),
        ("ai", "Ada", "trainedAlgorithmicMedia", "AI-written summary, reviewed by Ada"),
        ("ai-edited", "", "compositeWithTrainedAlgorithmicMedia", "AI-written summary, edited by a person"),
        ("human", "", "digitalCreation", "Summary written by a person"),
    ],
)
def test_the_writer_is_shown_above_a_text(toy: Catalog, kind: str, reviewer: str, code: str, text: str) -> None:
    by = SummaryBy(kind=WriterKind(kind), reviewed_by=reviewer or None)
    paper = replace(toy.papers["oconnor2025cats"], summary_by=by)
    assert (digital_source(paper.summary_by), disclosure(paper.summary_by)) == (code, text)
    data = paper_head(Views(toy, SETTINGS), SETTINGS, paper, reference_of(toy, paper, "en")).data
    assert data["subjectOf"]["digitalSourceType"] == DIGITAL_SOURCE_VOCABULARY + code


def test_a_writer_that_is_not_recorded_is_not_guessed(toy: Catalog) -> None:
    paper = replace(toy.papers["oconnor2025cats"], summary_by=None)
    assert (digital_source(paper.summary_by), disclosure(paper.summary_by)) == (
        "",
        "Writer of this summary not recorded",
    )


def test_structured_data_of_every_paper_by_a_processor(catalog: Catalog) -> None:
    context = {"@context": {"@vocab": f"{SCHEMA}/"}}

    def local(address: str, options: object) -> dict[str, Any]:
        assert address == SCHEMA
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": address, "document": context}

    views = Views(catalog, SETTINGS)
    for paper in catalog.papers.values():
        data = json.loads(for_script(paper_head(views, SETTINGS, paper, reference_of(catalog, paper, "en")).data))
        (node,) = jsonld.expand(data, {"documentLoader": local})
        assert node["@type"] == [f"{SCHEMA}/ScholarlyArticle"]
        assert [value["@value"] for value in node[f"{SCHEMA}/name"]] == [to_plain(paper.title)]
        names = [person[f"{SCHEMA}/name"][0]["@value"] for person in node.get(f"{SCHEMA}/author", [])]
        assert names == list(paper.author_names)
        registered = {public_address(kind, value) for kind, value in paper.identifiers.items()}
        assert registered <= {same["@value"] for same in node.get(f"{SCHEMA}/sameAs", [])}
        assert _properties(node) <= {f"{SCHEMA}/{term}" for term in TERMS}


def _properties(node: Any) -> set[str]:
    if isinstance(node, list):
        return {name for item in node for name in _properties(item)}
    if not isinstance(node, dict):
        return set()
    own = {name for name in node if not name.startswith("@")}
    return own | {name for value in node.values() for name in _properties(value)}
