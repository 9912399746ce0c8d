"""The glossary: one page, on which each term has an anchor."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from generator.build.task import File, Task, plain_task
from generator.model.editorial import Term
from generator.model.localized import in_language
from generator.pages.name_index import initial
from generator.pages.rendering import Renderer
from generator.pages.views import Views


class Explanation(NamedTuple):
    """A term in one language."""

    language: str
    name: str
    definition: str


class Entry(NamedTuple):
    """A term in the glossary: in the digest's language, then in other languages that define it."""

    id: str
    explanations: tuple[Explanation, ...]


def glossary_tasks(views: Views, renderer: Renderer) -> Iterator[Task]:
    """The page ``glossary``, if there are any terms."""
    if views.catalog.glossary:
        yield plain_task("page glossary", _glossary, views, renderer)


def _glossary(views: Views, renderer: Renderer) -> Iterator[File]:
    # By letter first: ``groupby`` needs all names of a letter side by side, and "Ärger" is under A, but sorts after Z.
    entries = sorted(
        (_entry(views, term) for term in views.catalog.glossary.values()),
        key=lambda entry: (_letter(entry), entry.explanations[0].name.casefold(), entry.id),
    )
    yield renderer.page(
        "glossary.md.j2", "glossary", title=views.say("Glossary"), kind="index",
        description=views.say("What the terms in the digest's texts mean, in one or two sentences each."),
        total=len(entries),
        letters=[(letter, list(group)) for letter, group in groupby(entries, key=_letter)],
    )  # fmt: skip


def _letter(entry: Entry) -> str:
    return initial(entry.explanations[0].name)


def _entry(views: Views, term: Term) -> Entry:
    digest_language = views.settings.language
    # The key '' of a localized text is the digest's language.
    languages = {digest_language, *(key or digest_language for key in term.definition)}
    return Entry(
        term.id,
        tuple(
            Explanation(
                language,
                in_language(term.name, language, digest_language),
                in_language(term.definition, language, digest_language),
            )
            for language in sorted(languages, key=lambda language: (language != digest_language, language))
        ),
    )
