"""The page of the glossary."""

import re

from generator.model.editorial import Term
from generator.model.provenance import SummaryBy, WriterKind
from tests.support.small_content import content, pages_of, paper


def _term(term_id: str, **texts: str) -> Term:
    by_language = {key.strip("_"): text for key, text in texts.items()}
    definitions = {key: f"Definition of {text}." for key, text in by_language.items()}
    return Term(id=term_id, name=by_language, definition=definitions, written_by=SummaryBy(kind=WriterKind.HUMAN))


def _page(*terms: Term) -> str:
    return pages_of(content(paper(), glossary=terms))["glossary/index.md"]


def test_terms_are_under_their_first_letter_without_accents() -> None:
    text = _page(_term("z", _="zeta"), _term("e", _="état"), _term("a", _="Alpha"))
    assert re.findall(r"^## (\S+)", text, re.MULTILINE) == ["A", "E", "Z"]


def test_each_term_has_an_anchor_and_its_definition_in_each_language() -> None:
    text = _page(_term("rope", en="rope", de="Seil"))
    assert re.search(r"[#\"]rope\b", text)
    assert text.index("Definition of rope.") < text.index("Definition of Seil.")


def test_without_terms_there_is_no_page() -> None:
    assert "glossary/index.md" not in pages_of(content(paper()))
