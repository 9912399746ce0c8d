"""Links from words to the glossary."""

import re

import pytest

from generator.text.terms import link_terms

NAMES = (
    ("gradient", "gradient"), ("gradient descent", "descent"), ("LoRA", "lora"), ("R&D", "research"),
    ("sharpness-aware minimization", "sam"),
)  # fmt: skip


GERMAN = (("Gradient", "gradient"), ("Verlust", "loss"), ("neuronal", "neural"))


def _linked(text: str, names: tuple[tuple[str, str], ...] = NAMES, language: str = "en") -> list[tuple[str, str]]:
    """The links in a text: where they lead, and their words. Nothing else changes."""
    (html,) = link_terms([text], names, language, lambda term: f"../#{term}")
    link = r'<a href="\.\./#([^"]*)">(.*?)</a>'
    assert re.sub(link, r"\2", html) == text
    return re.findall(link, html)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("<p>The gradient, and a gradient.</p>", [("gradient", "gradient")]),
        ("<p>Gradients, <em>gradient descent</em>.</p>", [("gradient", "Gradients"), ("descent", "gradient descent")]),
        ("<p>Gradient descent first.</p>", [("descent", "Gradient descent")]),
        ("<p>lora and LORA, but LoRA.</p>", [("lora", "LoRA")]),
        ("<p>QLoRA, LoRA-based, pre-gradient and gradients-like.</p>", []),
        ("<p>R&amp;D &amp; more.</p>", [("research", "R&amp;D")]),
        ("<p>&lt;gradient&gt;</p>", [("gradient", "gradient")]),
        ("<p>Sharpness-aware minimization works.</p>", [("sam", "Sharpness-aware minimization")]),
        ('<p><a href="https://x.example/gradient">a gradient</a> <code>gradient</code></p>', []),
        ('<p><span class="maths"><math><mi>gradient</mi></math></span> gradient</p>', [("gradient", "gradient")]),
    ],
)  # fmt: skip
def test_a_term_is_linked_at_its_first_use(text: str, links: list[tuple[str, str]]) -> None:
    assert _linked(text) == links


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("<p>Die Gradienten des Verlusts.</p>", [("gradient", "Gradienten"), ("loss", "Verlusts")]),
        ("<p>Ein gradient, kein verlust.</p>", []),  # nouns have a capital
        ("<p>Neuronale Netze.</p>", [("neural", "Neuronale")]),
        ("<p>Verlustfunktion.</p>", []),
    ],
)
def test_german_words_are_matched_with_endings_and_capitals(text: str, links: list[tuple[str, str]]) -> None:
    assert _linked(text, GERMAN, "de") == links


def test_a_page_has_one_link_for_each_term() -> None:
    texts = link_terms(["<p>A gradient.</p>", "<p>Gradient and LoRA.</p>"], NAMES, "en", lambda term: f"#{term}")
    assert [text.count("<a ") for text in texts] == [1, 1]
    assert link_terms(["gradient"], (), "en", str) == ["gradient"]
