"""Templates rendered with placeholders give marks for values, and are refused if they inspect a value."""

from importlib.metadata import version

import jinja2
import pytest

from generator.site import watched_templates
from generator.site.placeholders import (
    MARK,
    Address,
    Inspected,
    PartialObject,
    Placeholder,
    Question,
    Slots,
    TableOfContents,
    apply,
)
from generator.site.watched_templates import check_jinja, render_watched, watched_copy

VALUES = {"title": "Cats & <dogs>", "first": "top", "url": "papers/a/"}


def _render(template: str, slots: Slots | None = None) -> str:
    """The text that a template gives for ``VALUES``, rendered with placeholders and filled in afterwards."""
    environment = jinja2.Environment(autoescape=False)
    environment.filters["url"] = jinja2.pass_context(lambda context, value: f"{context['page'].url}>{value}")
    slots = slots or Slots(VALUES)
    contents = TableOfContents(Placeholder(slots, f"#{slots.mark('first')}", "page.toc", is_non_empty=True))
    page = PartialObject("page", title=slots.placeholder("title"), toc=contents, url=Address(slots, VALUES["url"]))
    context = {"page": page, "base_url": "../.."}
    text = render_watched(watched_copy(environment).from_string(template), context, slots)

    def value(number: str) -> str:
        name, steps = slots[int(number)]
        return apply(VALUES[name], steps)

    return MARK.sub(lambda match: value(match[1]), text)


def test_a_jinja_that_cannot_be_watched_is_named_with_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_jinja() == ""
    monkeypatch.setattr(watched_templates, "joined", "".join)
    why = check_jinja()
    assert why.startswith(f"jinja2 {version('jinja2')} does not support placeholders")


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ page.title }}", "Cats & <dogs>"),
        ("{{ page.title | e }}", "Cats &amp; &lt;dogs&gt;"),
        ("{{ page.title | e | e }}", "Cats &amp; &lt;dogs&gt;"),
        ("{{ (page.title ~ '!') | e }}", "Cats &amp; &lt;dogs&gt;!"),
        ("{{ page.title | striptags | replace('s', 'z') }}", "Catz &"),
        ("{{ page.title | default('none') }}", "Cats & <dogs>"),
        ("{% if page.title is string %}text{% endif %}{% if page.title is none %}none{% endif %}", "text"),
        ("{{ 'x' | length }}{{ 'ab' | upper }}", "1AB"),
        ("{{ (page.toc | first).url | url }}", "#top"),
        ("{{ 'a/b/' | url }}", "papers/a/>a/b/"),
        ("{% set t %}<{{ page.title }}>{% endset %}{{ t | e }}", "&lt;Cats &amp; &lt;dogs&gt;&gt;"),
    ],
)
def test_what_holds_for_any_value_is_rendered(template: str, text: str) -> None:
    assert _render(template) == text


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ page.title | length }}", "through the filter `length`"),
        ("{{ ['a', page.title] | join }}", "through the filter `join`"),
        ("{{ {'a': page.title} | tojson }}", "through the filter `tojson`"),
        ("{{ page.title | url }}", "through the filter `url`"),
        ("{% if page.title is upper %}{% endif %}", "tests whether a value of the page is `upper`"),
        ("{% if page.toc is sequence %}{% endif %}", "tests whether a value of the page is `sequence`"),
        ("{% if 'x' is in page.title %}{% endif %}", "tests whether a value of the page is `in`"),
        ("{{ page.file }}", "reads `file` of `page`"),
    ],
)
def test_operations_that_depend_on_the_value_are_refused(template: str, message: str) -> None:
    with pytest.raises(Inspected, match=message):
        _render(template)


def test_the_original_environment_stays_as_it_is() -> None:
    environment = jinja2.Environment(autoescape=False)
    filters, tests = dict(environment.filters), dict(environment.tests)
    watched_copy(environment)
    assert (environment.filters, environment.tests) == (filters, tests)
    assert environment.from_string("{{ x | length }}").render(x="ab") == "2"


def test_an_address_depends_on_the_folders_that_it_shares_with_the_page() -> None:
    slots = Slots(VALUES)
    assert _render("{{ 'papers/b/c/' | url }}", slots) == "papers/a/>papers/b/c/"
    assert slots.questions == {Question("url", (), 7, "papers/"), Question("url", (), 9, "papers/b/")}
