"""Render templates to pages: values are encoded for Markdown unless they are markup already; links are relative.

A template writes ``{{ paper.title }}`` and gets inert Markdown; ``{{ paper.title | rich }}`` renders its formulas too.
"""

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from jinja2 import Environment, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup

from generator.build.inputs import Inputs
from generator.build.task import File, text_file
from generator.build.templates import CompiledTemplates, TracedEnvironment
from generator.model.localized import language_name
from generator.model.site_paths import has_markdown
from generator.pages.edit_links import EditLinks
from generator.pages.views import CHOSEN_TRACKS, Card
from generator.text.escape import for_front_matter, for_html, for_link, for_markdown, for_script, single_blank_lines
from generator.text.markup import line_html_in_markdown, line_markdown, prose_html
from generator.text.maths import to_plain
from generator.text.words import ENGLISH, Words, day_name, span_name, template_functions

_COMPILED = CompiledTemplates()
MAX_DESCRIPTION = 155  # characters; search engines cut longer descriptions


def finalize(value: Any) -> str:
    """The encoder of every value that a template writes."""
    if isinstance(value, Markup):
        return value
    if hasattr(value, "__html__"):
        return str(value.__html__())
    return "" if value is None else for_markdown(str(value))


class _Encoded(CodeGenerator):
    """Templates whose values ``finalize`` has encoded: autoescaping them again would take time and change nothing."""

    def _output_child_pre(self, _node: nodes.Expr, _frame: Frame, finalize: Any) -> None:
        assert finalize.src
        self.write(f"({finalize.src}")


class _Environment(TracedEnvironment):
    code_generator_class = _Encoded


def _html(value: Any) -> Markup:
    """Encode text inside raw HTML, also braces: the Markdown copy of a page removes attributes in braces."""
    return Markup(for_html(str(value)).replace("{", "&#123;").replace("}", "&#125;"))


def make_environment(theme: Path, words: Words = ENGLISH, inputs: Inputs | None = None) -> Environment:
    """The environment for the page templates in ``theme/pages``, with the texts ``words``."""
    environment = _Environment(
        theme,
        "pages",
        inputs or Inputs(),
        autoescape=True,  # makes macros return Markup, which is not encoded twice
        finalize=finalize,
        undefined=StrictUndefined,  # a misspelled name stops the build instead of leaving a gap
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_COMPILED,
    )
    environment.globals.update(
        chosen_tracks=CHOSEN_TRACKS, **template_functions(words, lambda value: Markup(finalize(value)))
    )
    environment.filters.update(
        rich=lambda text: Markup(line_markdown(text)),
        heading=lambda text: Markup(line_html_in_markdown(text)),
        prose=lambda text: Markup(prose_html(text)),
        address=lambda url: Markup(for_link(url)),
        attribute=lambda text: Markup(for_html(str(text))),
        html=_html,
        plain=to_plain,
        number=words.number,
        language_name=language_name,
        day=partial(day_name, words=words),
        span=lambda first, last: span_name(first, last or first, words),
    )
    return environment


def relative(source: str, target: str) -> str:
    """The relative link from the page in folder ``source`` to the page in folder ``target`` ('' is the root)."""
    return relative_file(source, f"{target}/index.md" if target else "index.md")


def relative_file(source: str, target: str) -> str:
    """The relative URL from the page in folder ``source`` to the file at ``target``."""
    here, there = source.split("/") if source else [], target.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:])


class Head(NamedTuple):
    """The metadata of a page.

    Tags by name, schema.org data, the site path of the page's feed, whether readers can follow the page's subject, and
    the path of its social card. The home page also has ``words`` for the theme. A page ``by_hand`` gets the styles of
    Material, and ``mermaid`` is the script that draws its diagrams.
    """

    tags: tuple[tuple[str, str], ...] = ()
    data: Mapping[str, Any] = MappingProxyType({})
    feed: str = ""
    can_follow: bool = False
    card: str = ""
    words: Mapping[str, str] = MappingProxyType({})
    by_hand: bool = False
    mermaid: str = ""

    def front_matter(self) -> dict[str, Any]:
        """The metadata as front matter for the theme, encoded like title and description."""
        matter = {
            "tags": [[name, for_html(content)] for name, content in self.tags],
            "data": for_script(dict(self.data)) if self.data else "",
            "feed": f"{self.feed}/" if self.feed else "",
            "can_follow": self.can_follow,
            "card": self.card,
            "words": dict(self.words),
            "by_hand": self.by_hand,
            "mermaid": self.mermaid,
        }
        return {name: value for name, value in matter.items() if value}


_BARE = Head()


class Renderer:
    """Renders pages with one environment. ``edit_links`` returns the edit links of a page by site path and title."""

    def __init__(
        self,
        environment: Environment,
        shared: Mapping[str, Any],
        edit_links: EditLinks | None = None,
        inputs: Inputs | None = None,
    ) -> None:
        self._environment = environment
        self._edit_links = edit_links
        self._shared = dict(shared)
        self._inputs = inputs or Inputs()

    def page(
        self,
        template: str,
        site_path: str,
        *,
        title: str,
        description: str,
        kind: str,
        head: Head = _BARE,
        **context: Any,
    ) -> File:
        """Render the Markdown page at ``site_path`` (a folder, '' is the root).

        ``title`` and ``description`` are plain text. The theme distinguishes pages by ``kind``: ``list`` is a page of
        papers or of links to such pages.
        """
        matter = {
            "title": for_html(to_plain(title)),
            "description": for_html(to_plain(description)),
            "kind": kind,
            # The theme links to the page's Markdown file, which only some pages have.
            **({"twin": True} if has_markdown(site_path) else {}),
            **head.front_matter(),
        }
        path = f"{site_path}/index.md" if site_path else "index.md"
        return text_file(path, self._text(template, site_path, title, matter, context), template)

    @property
    def _macros(self) -> Any:
        return self._environment.get_template("macros.md.j2").module

    def _text(
        self, template: str, site_path: str, title: str, matter: Mapping[str, Any], context: Mapping[str, Any]
    ) -> str:
        front = "".join(f"{key}: {for_front_matter(value)}\n" for key, value in matter.items())
        body = self._environment.get_template(template).render(
            **self._shared,
            **context,
            title=title,
            site_path=site_path,
            to=lambda target: Markup(relative(site_path, target)),
            show=partial(self._show, site_path),
            file=lambda target: Markup(for_html(relative_file(site_path, target))),
        )
        if links := self._edit_links.links(site_path, title) if self._edit_links else ():
            body += str(self._macros.edit_links(links))
        return f"---\n{front}---\n\n{_tidy(body)}"

    def _show(self, site_path: str, card: Card) -> Markup:
        """A card as Markdown on the page at ``site_path``. Pages in one folder share it, except page-relative links."""
        above, _, name = site_path.rpartition("/")
        key = ("card", id(self), above if site_path else None, card.site_path)
        # ``~`` stands for the page itself: from any page of the folder, a link to another one is ``../NAME/``.
        text = self._inputs.memo(key, lambda: self._card(f"{above}/~".lstrip("/") if site_path else "", card))
        self_link = f"](../{name}/"
        if f"\\{self_link}" in text:  # a title may contain text that looks like the end of a link
            return Markup(re.sub(rf"(?<!\\){re.escape(self_link)}", "](", text))
        return Markup(text.replace(self_link, "]("))

    def _card(self, site_path: str, card: Card) -> str:
        return str(self._macros.card(lambda target: Markup(relative(site_path, target)), card))


def _tidy(text: str) -> str:
    """Remove trailing spaces and repeated empty lines; end with one line break."""
    return single_blank_lines("\n".join(map(str.rstrip, text.split("\n"))))
