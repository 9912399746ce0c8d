"""Rules for collections, the glossary and tags."""

from collections.abc import Iterator, Mapping

from generator.model.catalog import Content
from generator.model.editorial import Collection, CollectionKind, Term
from generator.model.localized import NO_LANGUAGE_CODE
from generator.model.paper import Status
from generator.model.problem import Problem
from generator.model.provenance import WriterKind
from generator.model.record import Location
from generator.rules.problems import Nearest, paper_problem, record_problem

_MIN_SIMILARITY = 70  # least similarity (0 to 100) of a name that a hint suggests
_SIZE_RANGES: Mapping[CollectionKind, tuple[int, int]] = {
    CollectionKind.START_HERE: (3, 5),
    CollectionKind.PICKS: (1, 5),
}
"""The least and the greatest number of papers by kind."""
_MIN_PAPERS: Mapping[CollectionKind, int] = {CollectionKind.COMPARISON: 2}
"""The least number of papers of kinds that need more than one."""
# Collections may list corrected papers, so that status is not here.
_INVALID_STATUSES = frozenset({Status.WITHDRAWN, Status.RETRACTED, Status.REMOVED})


def collections_name_known_papers(content: Content) -> Iterator[Problem]:
    """Every item of a collection names a paper of the digest, and each paper once."""
    paper_ids = {paper.id for paper in content.papers}
    current_ids = {alias: paper.id for paper in content.papers for alias in paper.aliases}
    nearest = Nearest(sorted(paper_ids), _MIN_SIMILARITY)
    for collection in content.collections:
        earlier: set[str] = set()
        for index, item in enumerate(collection.items):
            if item.paper not in paper_ids:
                # An alias is not enough: pages and exports look papers up by their current id.
                hint = nearest.hint(item.paper, "Name an entry by its id, the name of its file.")
                if new_id := current_ids.get(item.paper):
                    hint = f"The entry is now {new_id}."
                yield _problem(collection, "E323", f"unknown paper {item.paper}", hint, "items", index, "paper")
            elif item.paper in earlier:
                hint = "Join the two notes."
                yield _problem(collection, "E309", f"paper {item.paper} is listed twice", hint, "items", index, "paper")
            earlier.add(item.paper)


def collections_have_papers(content: Content) -> Iterator[Problem]:
    """A collection has at least one paper, and a comparison has at least two."""
    for collection in content.collections:
        count = len(collection.items)
        if count < _MIN_PAPERS.get(collection.kind, 1):
            kind = collection.kind.value
            message = f"a {kind} of 1 paper" if count else f"an empty {kind}"
            yield _problem(collection, "E328", message, "Add items, each with `paper` and `note`.", "items")


def collections_name_known_records(content: Content) -> Iterator[Problem]:
    """The topic, edition and institution of a collection exist."""
    fields = (
        ("topic", "E302", {topic.id for topic in content.topics}),
        ("venue", "E301", {edition.id for series in content.series for edition in series.editions}),
        ("institution", "E324", {institution.id for institution in content.institutions}),
    )
    for field, code, known_ids in fields:
        folder = f"{field}s"  # content/topics, content/venues, content/institutions
        nearest = Nearest(sorted(known_ids), _MIN_SIMILARITY)
        for collection in content.collections:
            record_id = getattr(collection, field)
            if record_id and record_id not in known_ids:
                hint = nearest.hint(record_id, f"See the files in content/{folder}.")
                yield _problem(collection, code, f"unknown {field} {record_id}", hint, field)


def topics_have_one_introduction(content: Content) -> Iterator[Problem]:
    """A collection of kind start-here names its topic, and is the only one of that kind for the topic."""
    introductions: dict[str, str] = {}  # collection id by topic id
    for collection in content.collections:
        if collection.kind is not CollectionKind.START_HERE:
            continue
        if not collection.topic:  # only this kind needs one, so the field is optional
            message = "the field topic is missing: kind start-here introduces one"
            yield _problem(collection, "E202", message, "Add a line `topic: …`.", "kind")
        elif (other := introductions.setdefault(collection.topic, collection.id)) != collection.id:
            message = f"{other} introduces {collection.topic} too"
            yield _problem(collection, "E327", message, "Keep one of the two.", "topic")


def papers_name_known_tags(content: Content) -> Iterator[Problem]:
    """A paper's tags are files in content/tags, each named once."""
    tag_ids = {tag.id for tag in content.tags}
    nearest = Nearest(sorted(tag_ids), _MIN_SIMILARITY)
    for paper in content.papers:
        for index, tag in enumerate(paper.tags):
            if tag not in tag_ids:
                hint = nearest.hint(tag, "See the files in content/tags.")
                yield paper_problem(paper, "E325", f"unknown tag {tag}", hint, "tags", index)
            elif tag in paper.tags[:index]:
                hint = "Delete one of the two."
                yield paper_problem(paper, "E309", f"tag {tag} is listed twice", hint, "tags", index)


def terms_are_explained_once(content: Content) -> Iterator[Problem]:
    """No two terms of the glossary have the same name in the same language."""
    ids_by_name: dict[str, dict[str, str]] = {}  # term ids by name in lower case, then by language
    for term in content.glossary:
        for language, name, location in _names(term):
            id_by_language = ids_by_name.setdefault(name.casefold(), {})
            # A name without a language code is in the digest's language, which rules do not know. It is compared with
            # the names of all languages.
            compared_ids = (
                id_by_language.values()
                if language == NO_LANGUAGE_CODE
                else [id_by_language.get(language), id_by_language.get(NO_LANGUAGE_CODE)]
            )
            other = next((term_id for term_id in compared_ids if term_id and term_id != term.id), "")
            id_by_language.setdefault(language, term.id)
            if other:
                message = f"{name} is explained by {other} too"
                yield record_problem(f"glossary/{term.id}", "E326", message, "Keep it in one file.", *location)


def tags_are_in_use(content: Content) -> Iterator[Problem]:
    """Every tag has a paper."""
    used = {tag for paper in content.papers for tag in paper.tags}
    for tag in content.tags:
        if tag.id not in used:
            hint = "Tag the papers that it fits, or delete the file."
            yield record_problem(f"tags/{tag.id}", "W393", f"no paper has the tag {tag.id}", hint)


def collections_have_their_size(content: Content) -> Iterator[Problem]:
    """Collections of kind picks have one to five papers, those of kind start-here three to five."""
    for collection in content.collections:
        minimum, maximum = _SIZE_RANGES.get(collection.kind, (0, len(collection.items)))
        if not minimum <= len(collection.items) <= maximum:
            message = f"{len(collection.items)} papers in a collection of kind {collection.kind.value}"
            yield _problem(collection, "W394", message, f"List {minimum} to {maximum} papers.", "items")


def collections_recommend_valid_papers(content: Content) -> Iterator[Problem]:
    """No collection lists a paper that was withdrawn, retracted or removed."""
    invalid_papers = {paper.id: paper.status.value for paper in content.papers if paper.status in _INVALID_STATUSES}
    for collection in content.collections:
        for index, item in enumerate(collection.items):
            if status := invalid_papers.get(item.paper):
                message = f"the paper {item.paper} is {status}"
                hint = "Remove it, and the claims that depend on it."
                yield _problem(collection, "W395", message, hint, "items", index, "paper")


def collections_are_complete(content: Content) -> Iterator[Problem]:
    """A collection has all its texts in each language of its introduction."""
    for collection in content.collections:
        languages = set(collection.intro)
        texts: list[tuple[Mapping[str, str] | None, Location]] = [
            (collection.name, ("name",)),
            (collection.conclusion, ("conclusion",)),
            (collection.disclosure, ("disclosure",)),
            *((item.note, ("items", index, "note")) for index, item in enumerate(collection.items)),
            *((item.heading, ("items", index, "heading")) for index, item in enumerate(collection.items)),
        ]
        for text, location in texts:
            # A text without a language code is in the digest's language, and pages in other languages show it too.
            if text and NO_LANGUAGE_CODE not in text and (missing := sorted(filter(None, languages - text.keys()))):
                message = f"not written yet in {', '.join(missing)}"
                yield _problem(
                    collection, "W401", message, "The introduction is in that language; write this too.", *location
                )


def editorial_writers_are_named(content: Content) -> Iterator[Problem]:
    """A collection or a term that a model wrote or edited names the model and the day."""
    writers = [(f"collections/{collection.id}", collection.written_by) for collection in content.collections]
    writers += [(f"glossary/{term.id}", term.written_by) for term in content.glossary]
    for subject, writer in writers:
        if writer.kind is not WriterKind.HUMAN and not (writer.model and writer.date):
            message = f"{'the model' if not writer.model else 'the day'} is not named"
            yield record_problem(subject, "W409", message, "Add model: and date: below written_by.", "written_by")


def _names(term: Term) -> Iterator[tuple[str, str, Location]]:
    """Yield every name of a term: its language, the name, and its location."""
    for language, name in term.name.items():
        yield language, name, ("name", language) if language else ("name",)
    for language, names in (term.aliases or {}).items():
        location = ("aliases", language) if language else ("aliases",)
        for index, name in enumerate(names):
            yield language, name, (*location, index)


def _problem(collection: Collection, code: str, message: str, hint: str, *location: str | int) -> Problem:
    return record_problem(f"collections/{collection.id}", code, message, hint, *location)
