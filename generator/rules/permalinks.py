"""The rule that published addresses never disappear, and the addresses of a digest's records."""

from collections.abc import Iterator

from generator.model.catalog import Content, edition_entries
from generator.model.contributors import author_ids, name_id
from generator.model.problem import Problem
from generator.model.site_paths import author as author_path
from generator.model.site_paths import collection as collection_path
from generator.model.site_paths import earlier_editions
from generator.model.site_paths import edition as edition_path
from generator.model.site_paths import paper as paper_path
from generator.model.site_paths import series as series_path
from generator.model.site_paths import tag as tag_path
from generator.model.site_paths import topic as topic_path
from generator.rules.problems import Nearest

_MIN_SIMILARITY = 60  # least similarity (0 to 100) of a paper id that a hint suggests


def addresses_of(content: Content) -> Iterator[str]:
    """Yield the addresses that must stay, such as ``papers/byron2025good``, including aliases.

    They are those of papers, series, editions, topics, collections, tags, and of the authors whose address does not
    follow from their name alone. Institutions and other pages have no permalinks.
    """
    yield from _addresses_of_records(content)
    yield from map(author_path, _explicit_author_ids(content))


def _addresses_of_records(content: Content) -> Iterator[str]:
    """Yield the addresses in ``addresses_of`` except those of authors."""
    for paper in content.papers:
        yield from (paper_path(name) for name in dict.fromkeys((paper.id, *paper.aliases)))
    for series in content.series:
        yield series_path(series.id)
        for entry in edition_entries(series):
            yield from (edition_path(entry), *earlier_editions(entry))
    yield from (topic_path(topic.id) for topic in content.topics)
    yield from (collection_path(collection.id) for collection in content.collections)
    yield from (tag_path(tag.id) for tag in content.tags)


def _explicit_author_ids(content: Content) -> Iterator[str]:
    """Yield the author ids that do not follow from a name alone, and the earlier ids of people."""
    ids_by_paper = author_ids(content.papers, content.people)
    person_ids = {person.id for person in content.people}
    explicit_ids = {
        author_id
        for paper in content.papers
        for author_id, author in zip(ids_by_paper[paper.id], paper.authors, strict=True)
        if (author.id or author.orcid or author_id in person_ids) and author_id != name_id(author.name)
    }
    yield from sorted(explicit_ids | {earlier_id for person in content.people for earlier_id in person.earlier_ids})


def published_addresses_exist(content: Content) -> Iterator[Problem]:
    """Each address in permalinks.txt belongs to a record or is an alias of one."""
    if not content.permalinks:  # computing author ids takes long, and a new digest has no permalinks
        return
    all_author_ids = {author_id for ids in author_ids(content.papers, content.people).values() for author_id in ids}
    all_author_ids.update(earlier_id for person in content.people for earlier_id in person.earlier_ids)
    addresses = {*_addresses_of_records(content), *map(author_path, all_author_ids)}
    nearest = Nearest([paper.id for paper in content.papers], _MIN_SIMILARITY)
    for line, address in enumerate(content.permalinks, 1):
        if address and address not in addresses:
            folder, _, name = address.partition("/")
            hint = "Restore the file under its name, or correct the edition's id or year."
            if folder == "papers":
                nearest_id = nearest.to(name)
                new_file = f"{nearest_id}.yaml" if nearest_id else "the entry that took its place"
                hint = (
                    f"List {name} in the aliases of {new_file}; a paper that is taken down stays with status: removed."
                )
            elif folder == "authors":
                hint = f"List {name} in the earlier_ids of a file in content/people."
            message = f"{address} is missing"
            yield Problem(code="E320", message=message, hint=hint, path="permalinks.txt", line=line)
