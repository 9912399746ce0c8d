"""A frame gives what rendering in full gives, or is not used."""

from collections.abc import Callable

import jinja2
import pytest

from generator.site.frames import Frames, Parts

_THEME = """<title>{{ title | striptags | e }}</title>
{%- for key, content in tags %}
<meta {{ 'property' if key.startswith('article:') else 'name' }}="{{ key }}" content="{{ content | striptags | e }}">
{%- endfor %}
<link href="{{ address | e }}">{{ content }}"""


def _parts(number: int, title: str) -> Parts:
    tags = [["x", title], ["article:y", "1"], ["z", "<b>&amp;</b>"]]
    return Parts(f"papers/{number}", f"https://x.example/{number}/", {"title": title, "kind": "paper", "tags": tags},
                 f"<p>{title}</p>", "top")  # fmt: skip


def _renderer(theme: str, seen: list[Parts]) -> Callable[[Parts], str]:
    template = jinja2.Environment(autoescape=False).from_string(theme)

    def render(parts: Parts) -> str:
        seen.append(parts)
        held = {"title": parts.meta["title"], "tags": parts.meta["tags"]}
        return template.render(held, address=parts.address, content=parts.content, place=parts.place)

    return render


@pytest.mark.parametrize(
    ("theme", "is_quick"),
    [
        (_THEME, True),
        (_THEME.replace("title | striptags", "title | upper | striptags"), False),  # the theme does more than is known
        (_THEME + "{{ place }}", False),  # the theme shows what is no known part
        (_THEME.replace("for key", "for key in [] %}{% endfor %}{% for key"), True),
        (_THEME.replace("\n<meta", "\n\n<meta"), False),  # a tag is not a line
    ],
)
def test_pages_are_those_rendered_in_full(theme: str, is_quick: bool) -> None:
    seen: list[Parts] = []
    render = _renderer(theme, seen)
    frames = Frames(render, ["venues/"])
    titles = ["A", "a &lt;b&gt; &amp; c", '"quoted"', "<i>x</i>  y ", "é", "\u2003z", "&quot;", "Plain"]
    pages = [frames.page(_parts(number, title)) for number, title in enumerate(titles)]
    rendered = len(seen)
    assert pages == [render(_parts(number, title)) for number, title in enumerate(titles)]
    assert (rendered < len(titles)) == is_quick
