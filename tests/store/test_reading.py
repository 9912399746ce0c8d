"""Hand-written pages: what is read of them."""

from generator.store.reading import read_page


def test_the_title_is_that_of_the_front_matter_or_the_heading_or_the_file() -> None:
    assert read_page("about", "---\ntitle: About us\n---\n# Heading\n\nText\n").title == "About us"
    assert read_page("about", "# Heading\n\nText\n").title == "Heading"
    assert read_page("guides/how-to", "Text\n").title == "How to"
