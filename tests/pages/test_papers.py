"""The pages of papers."""

from dataclasses import replace

from generator.model.catalog import Catalog, build_catalog
from generator.pages.all import all_pages
from generator.pages.papers import access_link
from generator.store.load import load
from generator.text.words import ENGLISH
from tests.conftest import ROOT, SETTINGS, TOY


def test_a_page_has_the_note_on_its_venue_and_the_source_of_its_text(toy: Catalog) -> None:
    noted = replace(toy.papers["oconnor2025cats"], venue_note={"": "Looked for in *vain*."})
    others = (paper for paper in toy.papers.values() if paper.id != noted.id)
    catalog = build_catalog(replace(load(TOY).content, papers=(noted, *others)))
    pages = {page.path: page.text for page in all_pages(catalog, SETTINGS, ROOT / "theme")}
    text = pages["papers/oconnor2025cats/index.md"]
    assert "\n- Looked for in \\*vain\\*.\n" in text
    assert "[abstract](https://arxiv.org/abs/2501.01234)" in text
    assert "Based on: abstract (v1)." in text


def test_the_link_to_the_paper_is_its_pdf_or_its_page(toy: Catalog) -> None:
    paper = toy.papers["oconnor2025cats"]
    without = replace(
        paper, links=replace(paper.links, pdf=None, page=None), arxiv=None, doi=None, openreview=None, acl=None
    )
    assert access_link(without) is None
    assert access_link(replace(without, arxiv="2501.01234")) == (
        "PDF",
        "https://arxiv.org/pdf/2501.01234",
        "https://arxiv.org/pdf/2501.01234",
    )
    registered = access_link(replace(without, doi="10.1000/x"))
    assert registered is not None
    assert (registered.text, registered.address) == (ENGLISH.say("Read the paper"), "https://doi.org/10.1000/x")
