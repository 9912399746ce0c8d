"""The short way around the Markdown parser gives what the parser gives."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.text import markup

MARKS = " \t\n\r\x0b\x0c\xa0\u2028-+*_`~.)(!#>|=:[]<&;$\\'\"^{}/@1"
PIECES = st.sampled_from(
    [*MARKS, *"abÄ李", "a ", "\n\n", "\n\n\n", "1. ", "- ", "&amp;", "<b>", "https://a.b", "--", " \n"]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=14).map("".join), st.lists(st.sampled_from("ab -.,'&<>\n"), max_size=30).map("".join)
)


def parsed(text: str) -> markup.ProseForms:
    """What the parser alone makes of a text."""
    without_formulas, formulas = markup._with_placeholders(text)
    tokens = markup._parser().parse(without_formulas)
    return markup.ProseForms(html=markup._html_blocks(tokens, formulas), plain=markup._plain_text(tokens, formulas))


@settings(max_examples=600, deadline=None)
@given(TEXTS)
@example("One line.\n\nAnother one: with a - and 5 > 3 & so on")
@example("a\n\n\nb")
@example("Ends with a space ")
@example("")
def test_both_ways_give_the_same(text: str) -> None:
    assert markup.read_prose(text) == parsed(text)


def test_plain_paragraphs_take_the_short_way() -> None:
    text = 'One line, with "marks" (and 3 < 5).\n\nAnother: one’s Ünïcode – 李.'
    assert all(map(markup._UNMARKED.fullmatch, text.split("\n\n")))
    assert markup.read_prose(text) == parsed(text)
