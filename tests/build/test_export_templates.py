"""Export templates: every value is encoded once for the format, and feeds are filled without rendering again."""

from datetime import date
from pathlib import Path

import pytest
from jinja2 import TemplateRuntimeError
from markupsafe import Markup

from generator.build.export_templates import FeedTemplate, mail_date, make_environment, stamp
from generator.text.escape import for_markdown


def _render(theme: Path, template: str, **values: object) -> str:
    (theme / "exports").mkdir(exist_ok=True)
    (theme / "exports/a.j2").write_text(template, "utf-8")
    return make_environment(theme).get_template("a.j2").render(values)


def test_values_are_encoded_and_markup_is_not_encoded_again(tmp_path: Path) -> None:
    text = "{{ title }}|{{ markup }}|{{ nothing }}|{{ number }}\n"
    values = {"title": "a < b & c", "markup": Markup("<b>"), "nothing": None, "number": 3}
    assert _render(tmp_path, text, **values) == "a &lt; b &amp; c|<b>||3\n"


def test_each_format_has_its_own_encoder(tmp_path: Path) -> None:
    assert _render(tmp_path, "{{ text }}", text="*a* & b") == "*a* &amp; b"
    assert make_environment(tmp_path, for_markdown).get_template("a.j2").render(text="*a* & b") == "\\*a\\* &amp; b"


def test_a_misspelled_field_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TemplateRuntimeError, match=r"exports/a\.j2:1: 'titel' is undefined"):
        _render(tmp_path, "{{ titel }}", title="x")


@pytest.mark.parametrize(
    ("filter_", "text", "shown"),
    [
        ("rich", "a < $x$", 'a &lt; <span class="maths"><math display="inline"><mrow><mi>x</mi></mrow></math></span>'),
        ("code", "a\n\nb", "    a\n    \n    b"),
        ("paragraphs", "a\n\nb", "a\n\nb"),
        ("address", "https://x.example/a b", "https://x.example/a%20b"),
    ],
)
def test_filters_give_markup(filter_: str, text: str, shown: str, tmp_path: Path) -> None:
    assert _render(tmp_path, f"{{{{ text | {filter_} }}}}", text=text) == shown


def test_a_feed_is_filled_as_if_it_were_rendered(tmp_path: Path) -> None:
    text = "<feed><title>{{ feed.title }}</title>{{ entries }}<id>{{ feed.id }}</id>{{ feed.title }}</feed>"
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports/a.j2").write_text(text, "utf-8")
    template = make_environment(tmp_path).get_template("a.j2")
    feed = FeedTemplate(template, ("title", "id"))
    for values, entries in (({"title": "A &amp; B", "id": "1"}, "<e/>"), ({"title": "C", "id": "2"}, "")):
        expected = template.render(
            feed={name: Markup(value) for name, value in values.items()}, entries=Markup(entries)
        )
        assert feed.render(values, entries) == expected


def test_dates_do_not_depend_on_locale_or_time_zone() -> None:
    assert stamp(date(2026, 4, 3)) == "2026-04-03T00:00:00Z"
    assert mail_date(date(2026, 4, 3)) == "Fri, 03 Apr 2026 00:00:00 +0000"
