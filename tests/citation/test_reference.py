"""The content of a citation, in every format."""

from dataclasses import replace
from datetime import date

from generator.citation.bibtex import bibtex
from generator.citation.csl import csl
from generator.citation.formatted import citations
from generator.citation.reference import reference_of, references
from generator.citation.ris import ris
from generator.model.catalog import Catalog
from generator.model.paper import Links


def test_the_page_of_the_venue_comes_before_the_preprint(toy: Catalog) -> None:
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


def test_the_name_of_a_group_is_not_split_in_any_format(toy: Catalog) -> None:
    reference = replace(references(toy, "en")["zhu2025dogs"], authors=("Google, Inc.", "Gemma Team", "Ada Byron"))
    assert "author = {{Google, Inc.} and {Gemma Team} and Byron, Ada}" in bibtex(reference)
    assert "AU  - Google, Inc.\nAU  - Gemma Team\nAU  - Byron, Ada\n" in ris(reference)
    assert csl(reference)["author"][:2] == [{"literal": "Google, Inc."}, {"literal": "Gemma Team"}]
    assert citations(reference)[0].text.startswith("Google, Inc., Gemma Team, & Byron, A.")
