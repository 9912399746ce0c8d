"""A filled frame equals full rendering, or is not used: pages are those of plain ``mkdocs build``."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from bench.pages_only import build_pages
from generator.site import watched_templates
from generator.site.frames import _RENDERED_BEFORE_FRAME, Frames
from generator.site.page_parts import PageParts
from generator.site.slow_pages import SlowPages, slow_lines
from generator.site.watched_templates import check_jinja

_PLAIN = """<title>{{ page.meta.title | striptags | e }}</title>
{%- for key, content in page.meta.tags or [] %}
<meta {{ 'property' if key[:8] == 'article:' else 'name' }}="{{ key | e }}" content="{{ content | striptags | e }}">
{%- endfor %}
<link href="{{ page.canonical_url | e }}"><a href="{{ 'a/b/' | url }}">{{ page.title }}</a>{{ page.content }}
{%- if page.toc | first is defined %}<a href="{{ (page.toc | first).url | url }}">{% endif %}"""

_QUICK = {
    "as it is": "",
    "escaped twice": "{{ page.meta.title | e | e }}{{ (page.meta.title ~ '<') | striptags | e if false }}",
    "joined": "{% set both = page.meta.title ~ ' & ' ~ page.meta.description %}{{ both | e }}",
    "a macro": "{% macro m(text) %}<b>{{ text }}</b>{% endmacro %}{{ m(page.meta.title) | e }}",
    "a block of text": "{% set text %}<{{ page.meta.title }}{% endset %}{{ text | e }}",
    "one character replaced": "{{ page.meta.data | replace('<', '(') }}",
    "is there": "{% if page.meta.description %}yes{% endif %}{{ page.meta.card | default('none') }}",
    "another page's address": "{% if page.url == 'papers/p03/' %}here{% endif %}",
    "begins with": "{% if page.meta.title[:5] == 'Short' %}short{% endif %}",
    "is one of": "{% if page.meta.title in ('A', 'Short 1') %}one of them{% endif %}",
    "a way to a page below": "<a href=\"{{ 'papers/p03/x/' | url }}\">",
    "types": "{% if page.meta.title is string and page.meta.title is not mapping %}text{% endif %}",
}
"""Uses of a page's values that a frame supports."""

_FULL = {
    "length": "{% if page.meta.title | length > 30 %}long{% endif %}",
    "count": "{{ page.meta.title | count }}",
    "length of joined text": "{% set both = 'x' ~ page.meta.title %}{% if both | length > 31 %}long{% endif %}",
    "length of a block": "{% set text %}{{ page.meta.title }}{% endset %}{% if text | length > 31 %}long{% endif %}",
    "length of a macro": "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(page.meta.title) | length > 31 }}",
    "length without tags": "{% if page.meta.title | striptags | length > 30 %}long{% endif %}",
    "order": "{% if page.meta.title > 'N' %}late{% endif %}",
    "order of values": "{% if page.meta.title < page.meta.description %}before{% endif %}",
    "equal values": "{% if page.meta.title == page.meta.description %}same{% endif %}",
    "a slice": "{{ page.meta.title[:7] }}",
    "a slice from the end": "{{ page.meta.title[-3:] }}",
    "a character": "{{ page.meta.title[0] }}",
    "upper": "{{ page.meta.title | upper }}",
    "upper method": "{{ page.meta.title.upper() }}",
    "starts with": "{% if page.meta.title.startswith('Long') %}long{% endif %}",
    "split": "{{ page.meta.title.split(' ') | first }}",
    "iteration": "{% for letter in page.meta.title %}{{ letter }}.{% endfor %}",
    "contains": "{% if 'title' in page.meta.title %}told{% endif %}",
    "is contained": "{% if page.meta.title in 'Short 1 and Short 2' %}told{% endif %}",
    "is a key": "{{ {'Short 1': 'first'}[page.meta.title] }}",
    "printf": "{{ '%-40s|' % page.meta.title }}",
    "printf filter": "{{ '%.3s' | format(page.meta.title) }}",
    "format": "{{ '{:>40}'.format(page.meta.title) }}",
    "truncate": "{{ page.meta.title | truncate(20) }}",
    "trim": "{{ page.meta.title | trim('S') }}",
    "word count": "{{ page.content | wordcount }}",
    "int": "{{ page.meta.title | int(7) }}{{ page.meta.data | default(3) | int(5) }}",
    "words replaced": "{{ page.meta.title | replace('title', 'name') }}",
    "json": "{{ page.meta | tojson }}",
    "a hash": "{{ dict([(page.meta.title, 1)]) | length }}",
    "times": "{{ page.meta.title * 2 }}",
    "plus": "{{ page.meta.title + '!' }}",
    "is lower": "{% if page.meta.title is lower %}low{% endif %}",
    "empty without tags": "{% if page.meta.data | striptags %}text{% endif %}",
    "the folder": "{{ page.file.src_uri }}",
    "the address's length": "{% if page.url | length > 10 %}deep{% endif %}",
    "the source": "{{ page.markdown | length }}",
    "all headings": "{% for item in page.toc %}{{ item.title }}{{ item.level }}{% endfor %}",
    "number of headings": "{{ page.toc | length }}",
    "number of tags": "{{ page.meta.tags | length }}",
    "tags counted": "{% for key, content in page.meta.tags %}{{ loop.index }}{% endfor %}",
    "last tag": "{% for key, content in page.meta.tags %}{% if loop.last %}{{ content }}{% endif %}{% endfor %}",
    "some tag": "{% set n = namespace(n=0) %}{% for k, c in page.meta.tags %}{% set n.n=n.n+1 %}{% endfor %}{{ n.n }}",
    "as markup": "{% autoescape true %}{{ page.meta.title ~ '<' }}{% endautoescape %}",
    "all pages": "{% for other in pages %}{{ other.page.title }}{% endfor %}",
}  # fmt: skip
"""Uses that depend on the value, so that pages are rendered in full."""


def _project(folder: Path, more: str) -> Path:
    (folder / "theme").mkdir()
    (folder / "theme/main.html").write_text(f"{_PLAIN}{more}\n", "utf-8")
    titles = [
        "Short 1",
        "Short 2",
        "Short 1 &amp; 2",
        "Short 3",
        "A",
        "short title",
        *("Long title " * 4 + str(n) for n in range(6)),
    ]
    for number, title in enumerate(titles):
        tags = [["x", title], ["article:y", "1"], *[["z", "<b>&amp;</b>"]] * (number // 3)]
        fields = {"title": title, "description": f"N {title if number % 2 else ''}", "kind": "paper", "tags": tags}
        fields |= {"data": str(number) if number % 3 else "<b>"}
        headings = "".join(f"\n## Part {part}\n\nText {part}\n" for part in range(number // 4))
        _write(folder, f"papers/p{number:02}", fields, f"# {title}\n{headings}")
    _write(folder, "", {"title": "Home", "description": "x", "kind": "home"}, "# Home\n")
    config = folder / "mkdocs.yml"
    config.write_text(
        f"site_name: x\nsite_url: https://x.example/\nplugins: []\nnav: [{{Home: index.md}}]\ndocs_dir: {folder}/docs\n"
        f"theme: {{name: null, custom_dir: {folder}/theme}}\n"
        "markdown_extensions: [attr_list, md_in_html, {toc: {permalink: false}}]\n",
        "utf-8",
    )
    return config


def _write(folder: Path, place: str, fields: dict[str, Any], body: str) -> None:
    page = folder / "docs" / place / "index.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    front = "".join(f"{name}: {json.dumps(value)}\n" for name, value in fields.items())
    page.write_text(f"---\n{front}---\n\n{body}", "utf-8")


def _pages(site: Path) -> dict[str, str]:
    return {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in sorted(site.rglob("*.html"))}


def _built(folder: Path, config: Path) -> tuple[dict[str, str], tuple[SlowPages, ...]]:
    """The pages of ``digest build``, and the slow ones among them."""
    slow = build_pages(folder / "docs", folder / "site", config, 1)
    return _pages(folder / "site"), slow


def _plain(folder: Path, config: Path) -> dict[str, str]:
    build(load_config(str(config), site_dir=str(folder / "plain")))
    return _pages(folder / "plain")


@pytest.mark.parametrize("name", [*_QUICK, *_FULL])
def test_pages_are_those_of_mkdocs_whatever_the_theme_does_with_values(name: str, tmp_path: Path) -> None:
    config = _project(tmp_path, {**_QUICK, **_FULL}[name])
    pages, slow = _built(tmp_path, config)
    assert pages == _plain(tmp_path, config)
    assert bool(slow) == (name in _FULL), slow
    if slow:
        assert sum(slow_pages.pages for slow_pages in slow) >= 12


def test_a_slow_template_is_reported_with_its_line(tmp_path: Path) -> None:
    config = _project(tmp_path, "\n" + _FULL["length"])
    _, slow = _built(tmp_path, config)
    assert list(slow_lines(slow)) == [
        "12 pages are built the slow way: main.html:7: "
        "the template passes a value of the page through the filter `length`"
    ]


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("repo_url: https://github.com/x/y\n", "mkdocs.yml: `edit_uri` is not empty"),
        ("plugins: [material/typeset]\n", "mkdocs.yml: `plugins` is set"),
    ],
)
def test_a_slow_setting_is_reported(setting: str, message: str, tmp_path: Path) -> None:
    config = _project(tmp_path, "")
    config.write_text(
        config.read_text("utf-8").replace("plugins: []\n", "")
        + ("plugins: []\n" if "repo" in setting else "")
        + setting
    )
    pages, slow = _built(tmp_path, config)
    assert pages == _plain(tmp_path, config)
    assert message in next(slow_lines(slow))
    assert slow[0].pages == 13


def test_slow_markdown_is_reported_with_its_line(tmp_path: Path) -> None:
    config = _project(tmp_path, "")
    for page in (tmp_path / "docs/papers").glob("*/index.md"):
        page.write_text(page.read_text("utf-8") + "\nThis is **strong**.\n", "utf-8")
    pages, slow = _built(tmp_path, config)
    assert pages == _plain(tmp_path, config)
    assert {slow_pages.reason.why for slow_pages in slow} == {"only Python-Markdown converts `This is **strong**.`"}


def _parts(number: int, title: str) -> PageParts:
    tags = [["x", title], ["article:y", "1"], ["z", "<b>&amp;</b>"]]
    meta = {"title": title, "kind": "paper", "tags": tags}
    return PageParts(f"papers/{number}", f"https://x.example/{number}/", meta, "", f"<p>{title}</p>", "top")


@pytest.mark.parametrize(
    ("theme", "is_quick"),
    [
        ("{{ page.meta.title | striptags | e }}", True),
        ("{{ place }}", False),  # what the theme shows beside the page's own values
        ("{% for key, content in page.meta.tags %}{{ content }}{% endfor %}", False),  # a tag is not a line
        ("{% for key, content in page.meta.tags %}\n{{ content | striptags | e }}{% endfor %}", True),
        ("{% if place > '6' %}{{ page.meta.title | e }}{% endif %}", True),
    ],
)
def test_the_first_pages_of_a_frame_are_compared_with_full_rendering(theme: str, is_quick: bool) -> None:
    environment = jinja2.Environment(autoescape=False, loader=jinja2.DictLoader({"main.html": theme}))
    rendered = []

    def context(parts: PageParts) -> dict[str, Any]:
        return {
            "page": SimpleNamespace(meta=parts.meta),
            "place": parts.folder.partition("/")[2] if "if" not in theme else "7",
        }

    def full(parts: PageParts) -> str:
        rendered.append(parts)
        return environment.get_template("main.html").render(context(parts))

    frames = Frames(environment, context, full)
    titles = ["A", "a &lt;b&gt; &amp; c", '"quoted"', "<i>x</i>  y ", "é", "\u2003z", "&quot;", "Plain"]
    pages = [frames.render(_parts(number, title)) for number, title in enumerate(titles)]
    in_full = len(rendered)
    assert pages == [full(_parts(number, title)) for number, title in enumerate(titles)]
    assert (in_full < len(titles)) == is_quick


def test_without_a_usable_jinja_all_pages_are_rendered_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched_templates, "joined", "".join)
    why = check_jinja()
    assert why
    environment = jinja2.Environment(autoescape=False, loader=jinja2.DictLoader({"main.html": "{{ page.meta.title }}"}))
    frames = Frames(environment, lambda _: {}, lambda parts: parts.meta["title"])
    for number in range(_RENDERED_BEFORE_FRAME + 1):
        assert frames.render(_parts(number, "A")) == "A"
    assert [reason.why for reason in frames.refused] == [why]
