"""The files of a new digest that belong to its editors: texts and records made from the answers."""

from collections.abc import Iterator
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined
from markupsafe import Markup

from generator.codec.venue_names import VenueResolver
from generator.model.entities import Edition, Series, Topic, VenueKind, VenueName
from generator.model.record import RawRecord
from generator.starter.answers import OWN_SCRIPT, OWN_STYLE, Answers, settings_text
from generator.starter.icons import ICONS, MARK
from generator.starter.managed import project_file, template, template_in
from generator.text.color import LIGHT, readable
from generator.text.escape import for_link, for_markdown
from generator.text.slug import slugify

# Files with a template in ``files/``: path in the digest's folder, name of the template.
_TEXTS = {
    "README.md": "README.md",
    "CONTRIBUTING.md": "CONTRIBUTING.md",
    "LICENSE.md": "LICENSE.md",
    "content/STYLE.md": "STYLE.md",
    "content/pages/about.md": "about.md",
    "content/pages/contribute.md": "contribute.md",
    MARK: "mark.svg",
}
_COPIED = {
    f"theme/overrides/{OWN_STYLE}": "own.css",
    f"theme/overrides/{OWN_SCRIPT}": "own.js",
    "theme/overrides/partials/own-head.html": "own-head.html",
    "theme/overrides/partials/own-footer.html": "own-footer.html",
}
"""Files of the theme that are copied without inserting answers."""
THEME_FILES_OF_DIGEST = frozenset({MARK, *ICONS, *_COPIED})
"""The files of the theme that belong to the digest. An upgrade neither writes nor deletes them."""
_EXAMPLE_TEXTS = ("tldr", "summary", "significance", "limitations")  # the translated fields of the example entry
_EXAMPLE_LANGUAGE = "en"
# Templates of pages, which are translated. The other files are for contributors and only in English.
_TRANSLATED_TEMPLATES = frozenset({"about.md", "contribute.md"})


def digest_files(answers: Answers) -> dict[str, str]:
    """The texts of the settings, pages and theme files of a digest, by path in its folder."""
    environment = Environment(
        loader=BaseLoader(), autoescape=True, finalize=_finalize, undefined=StrictUndefined, trim_blocks=True,
        keep_trailing_newline=True,
    )  # fmt: skip
    values = {
        "name": answers.name,
        "description": answers.description,
        "license": answers.license,
        "license_address": Markup(answers.license_address),
        "repository": Markup(for_link(answers.repository)),
        "mark_color": Markup(readable(answers.color, LIGHT)),
        "example": answers.example,
    }
    templates = {path: _template(name, answers.languages[0]) for path, name in _TEXTS.items()}
    texts = {path: environment.from_string(text).render(**values) for path, text in templates.items()}
    copied = {path: template(name) for path, name in _COPIED.items()}
    return {"mkdocs.yml": settings_text(project_file("mkdocs.yml").read_text("utf-8"), answers), **texts, **copied}


def _template(name: str, language: str) -> str:
    """The text of a template in ``language``, or in English."""
    return (name in _TRANSLATED_TEMPLATES and template_in(language, name)) or template(name)


def new_series(answers: Answers) -> Iterator[Series]:
    """Yield the series of the venues in the answers, and that of the example entry."""
    resolver = VenueResolver(())
    for name in answers.venues:
        # "ICLR 2026" is an edition with a year, "Some Journal" one without.
        series_name, _, year = name.rpartition(" ")
        if series_name and len(year) == 4 and year.isdecimal():
            venue_name = VenueName(name=series_name, year=int(year), short=series_name, kind=VenueKind.OTHER)
            resolver.edition_id(venue_name, int(year))
        else:
            resolver.edition_id(VenueName(name=name, short=name, kind=VenueKind.OTHER))
    yield from resolver.new_series.values()
    if answers.example:
        yield Series(
            id="bell-system-technical-journal",
            name="Bell System Technical Journal",
            kind=VenueKind.JOURNAL,
            editions=(Edition(id="bell-system-technical-journal-1948", year=1948),),
        )


def new_topics(answers: Answers) -> Iterator[Topic]:
    """Yield the topics in the answers, in order, and that of the example entry."""
    names = dict.fromkeys(answers.topics)
    for order, name in enumerate(names, start=1):
        if slug := slugify(name):
            yield Topic(id=slug, name={"": name}, order=order)
    # The answers can contain the topic of the example entry.
    if answers.example and "information-theory" not in {slugify(name) for name in names}:
        yield Topic(id="information-theory", name={"": answers.words.say("Information theory")}, order=len(names) + 1)


def example_entry(answers: Answers, raw: RawRecord) -> RawRecord:
    """The example entry in the digest's languages, or in English if it has none of them.

    ``raw`` is the record in ``files/example.yaml``, with its texts in all languages.
    """
    languages = [language for language in answers.languages if language in _languages(raw)] or [_EXAMPLE_LANGUAGE]
    texts: RawRecord = {field: _in_languages(raw[field], languages) for field in _EXAMPLE_TEXTS}
    provenance: RawRecord = {
        "kind": "ai",
        "model": "Claude",
        "date": answers.day,
        "of": answers.words.say("general knowledge of the paper"),
    }
    return {**raw, **texts, "added": answers.day, "summary_by": provenance, "source": "example"}


def _languages(raw: RawRecord) -> set[str]:
    """The languages of the example entry."""
    tldr = raw["tldr"]
    assert isinstance(tldr, dict)
    return set(tldr)


def _in_languages(translations: Any, languages: list[str]) -> Any:
    """The text in the only language, or a mapping of several languages to texts."""
    if len(languages) == 1:
        return translations[languages[0]]
    return {language: translations[language] for language in languages}


def _finalize(value: Any) -> Markup:
    """Escape an answer for Markdown, the format of the templates. Markup is already escaped."""
    return Markup(value) if hasattr(value, "__html__") else Markup(for_markdown(str(value)))
