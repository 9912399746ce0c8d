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
from generator.pages.views import HIGHLIGHTED_TRACKS, Card
from generator.text.escape import for_front_matter, for_html, for_link, for_markdown, for_script, single_blank_lines
from generator.text.markup import line_html_in_markdown, line_markdown, prose_html
from generator.text.maths import to_plain
from generator.text.words import ENGLISH, Words, day_name, span_name, template_functions

_COMPILED_TEMPLATES = CompiledTemplates()
MAX_DESCRIPTION = 155  # characters; search engines cut longer descriptions


def finalize(value: Any) -> str:
    """Encode a value that a template writes; Jinja calls this function for each."""
    if isinstance(value, Markup):
        return value
    if hasattr(value, "__html__"):
        return str(value.__html__())
    return "" if value is None else for_markdown(str(value))


class _CodeGenerator(CodeGenerator):
    """Compiles templates without autoescaping values: ``finalize`` has encoded them already."""

    # Jinja's own method writes a call of ``escape`` before that of ``finalize``.
    def _output_child_pre(self, _node: nodes.Expr, _frame: Frame, finalize: Any) -> None:
        assert finalize.src
        self.write(f"({finalize.src}")


class _Environment(TracedEnvironment):
    code_generator_class = _CodeGenerator


def _html(value: Any) -> Markup:
    """Encode text for raw HTML, and its braces: the Markdown copy of a page removes attributes, which are in braces."""
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
        bytecode_cache=_COMPILED_TEMPLATES,
    )
    environment.globals.update(
        highlighted_tracks=HIGHLIGHTED_TRACKS, **template_functions(words, lambda value: Markup(finalize(value)))
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
    """The relative path to the Markdown file of the page ``target`` on the page ``source``.

    Both are folders; '' is the root.
    """
    return relative_file(source, f"{target}/index.md" if target else "index.md")


def relative_file(source: str, target: str) -> str:
    """The relative URL of the file ``target`` on the page in the folder ``source``: ``../b/c.png``."""
    source_parts, target_parts = source.split("/") if source else [], target.split("/")
    shared = 0  # folders that both paths have at their start
    while shared < min(len(source_parts), len(target_parts) - 1) and source_parts[shared] == target_parts[shared]:
        shared += 1
    return "../" * (len(source_parts) - shared) + "/".join(target_parts[shared:])


class Head(NamedTuple):
    """The metadata of a page beside title and description, for the theme.

    ``tags`` are names and contents of meta elements, ``data`` is schema.org data, ``feed`` the site path of the page's
    feed. A page with ``can_follow`` has a button to follow its papers. ``card`` is the path of the social card.
    ``words`` are the theme's translated texts, on the home page only. ``by_hand`` adds the styles of Material for
    hand-written pages, and ``mermaid`` is the path of the script that draws their diagrams.
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
        fields = {
            "tags": [[name, for_html(content)] for name, content in self.tags],
            "data": for_script(dict(self.data)) if self.data else "",
            "feed": f"{self.feed}/" if self.feed else "",
            "can_follow": self.can_follow,
            "card": self.card,
            "words": dict(self.words),
            "by_hand": self.by_hand,
            "mermaid": self.mermaid,
        }
        return {name: value for name, value in fields.items() if value}


_EMPTY_HEAD = Head()


class Renderer:
    """Renders pages with the templates of one environment.

    All templates get ``shared_values``. Pages end with links of ``edit_links``, if that is given.
    """

    def __init__(
        self,
        environment: Environment,
        shared_values: Mapping[str, Any],
        edit_links: EditLinks | None = None,
        inputs: Inputs | None = None,
    ) -> None:
        self._environment = environment
        self._edit_links = edit_links
        self._shared_values = dict(shared_values)
        self._inputs = inputs or Inputs()

    def page(
        self,
        template: str,
        site_path: str,
        *,
        title: str,
        description: str,
        kind: str,
        head: Head = _EMPTY_HEAD,
        **context: Any,
    ) -> File:
        """Render the Markdown page at ``site_path`` (a folder, '' is the root) with the values ``context``.

        ``title`` and ``description`` are plain text. The theme chooses scripts and styles by ``kind`` (``main.html``):
        ``list`` is a page of papers or of links to such pages, ``hand`` a page of running text.
        """
        front_matter = {
            "title": for_html(to_plain(title)),
            "description": for_html(to_plain(description)),
            "kind": kind,
            # The theme links to the page's Markdown file, which only some pages have.
            **({"twin": True} if has_markdown(site_path) else {}),
            **head.front_matter(),
        }
        path = f"{site_path}/index.md" if site_path else "index.md"
        return text_file(path, self._text(template, site_path, title, front_matter, context), template)

    @property
    def _macros(self) -> Any:
        return self._environment.get_template("macros.md.j2").module

    def _text(
        self, template: str, site_path: str, title: str, front_matter: Mapping[str, Any], context: Mapping[str, Any]
    ) -> str:
        front_lines = "".join(f"{key}: {for_front_matter(value)}\n" for key, value in front_matter.items())
        body = self._environment.get_template(template).render(
            **self._shared_values,
            **context,
            title=title,
            site_path=site_path,
            # For links to pages, for cards, and for links to files.
            to=lambda target: Markup(relative(site_path, target)),
            show=partial(self._show, site_path),
            file=lambda target: Markup(for_html(relative_file(site_path, target))),
        )
        if links := self._edit_links.links(site_path, title) if self._edit_links else ():
            body += str(self._macros.edit_links(links))
        return f"---\n{front_lines}---\n\n{_tidy(body)}"

    def _show(self, site_path: str, card: Card) -> Markup:
        """A card as Markdown on the page at ``site_path``. It is rendered once for all pages in one folder."""
        folder, _, name = site_path.rpartition("/")
        # Pages in the root folder have the folder ''; the home page has None, because its links differ.
        key = ("card", id(self), folder if site_path else None, card.site_path)
        # The shared text is rendered as for a page ``~`` in the folder. There, a link to the page NAME begins with
        # ``](../NAME/``; on the page NAME itself, it must begin with ``](``.
        text = self._inputs.memo(key, lambda: self._card(f"{folder}/~".lstrip("/") if site_path else "", card))
        self_link = f"](../{name}/"
        if f"\\{self_link}" in text:  # escaped text of a title, which is no link: ``\](../NAME/`` stays
            return Markup(re.sub(rf"(?<!\\){re.escape(self_link)}", "](", text))
        return Markup(text.replace(self_link, "]("))

    def _card(self, site_path: str, card: Card) -> str:
        return str(self._macros.card(lambda target: Markup(relative(site_path, target)), card))


def _tidy(text: str) -> str:
    """Remove trailing spaces and repeated empty lines; end with one line break."""
    return single_blank_lines("\n".join(map(str.rstrip, text.split("\n"))))
