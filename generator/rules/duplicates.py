"""Rules for papers, institutions, series and tracks with nearly equal names. All are warnings: a person decides.

``distinct_from`` in one of two papers or institutions marks them as different.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from generator.codec.venue_names import spellings_of
from generator.model.catalog import Content
from generator.model.contributors import paper_affiliations
from generator.model.problem import Problem
from generator.rules.papers import how_to_join, oldest_first
from generator.rules.problems import paper_problem, record_problem
from generator.similarity.nearest import near_pairs
from generator.text.slug import folded, slugify

_MIN_TITLE_SIMILARITY = 90  # least similarity (0 to 100) of titles that are reported
_MIN_INSTITUTION_SIMILARITY = 94  # the same for institutions, whose names share more words
_PART = "one is a part of the other's name"  # a reason in messages
_NUMBER = re.compile(r"\d+|\b[ivx]+\b")  # Arabic or Roman, in lower case
_MAX_TITLE = 300  # characters of a title that are compared
_MAX_NAME = 500  # characters of a name that are compared
_STOP_WORDS = frozenset("the of and at for in de la le des du et der".split())
_ABBREVIATIONS = {
    "univ": "university",
    "inst": "institute",
    "dept": "department",
    "tech": "technology",
    "lab": "laboratory",
}


def titles_are_dissimilar(content: Content) -> Iterator[Problem]:
    """No two papers have nearly the same title. Titles may differ in a number only: ``Part I`` and ``Part II``."""
    papers = oldest_first(content)
    published_paths = frozenset(content.permalinks)
    titles = [" ".join(slugify(paper.title, _MAX_TITLE).split("-")) for paper in papers]
    for pair in near_pairs(titles, _MIN_TITLE_SIMILARITY):
        older, newer = papers[pair.first], papers[pair.second]
        is_distinct = newer.id in older.distinct_from or older.id in newer.distinct_from
        is_same = folded(older.title) == folded(newer.title)  # reported as error E304
        if is_distinct or is_same or _NUMBER.findall(titles[pair.first]) != _NUMBER.findall(titles[pair.second]):
            continue
        message = f"nearly the title of {older.id} ({older.venue}): {older.title}"
        merge = how_to_join(older, newer, published_paths)
        hint = f"If they are two papers, write distinct_from: [{older.id}]. If not: {merge}"
        yield paper_problem(newer, "W331", message, hint, "title")


def institutions_have_one_spelling(content: Content) -> Iterator[Problem]:
    """Each institution has one spelling, or a file in content/institutions with all its spellings."""
    id_by_name = {name.casefold(): item.id for item in content.institutions for name in (item.name, *item.aliases)}
    distinct = {item.id: {folded(name) for name in item.distinct_from} for item in content.institutions}
    papers_by_name: dict[str, dict[str, None]] = defaultdict(dict)  # the inner dictionary is an ordered set of ids
    for paper in content.papers:
        for name in paper_affiliations(paper):
            papers_by_name[name][paper.id] = None
    names = sorted({*papers_by_name, *(item.name for item in content.institutions)})
    # A name without letters and digits has the id ''.
    ids = {name: id_by_name.get(name.casefold(), slugify(name)) for name in names}
    for first, second, reason in _similar_names(names):
        is_distinct = folded(first) in distinct.get(ids[second], ()) or folded(second) in distinct.get(ids[first], ())
        # A paper that lists both, such as a department and its university, treats them as different.
        on_one_paper = reason == _PART and not papers_by_name[first].keys().isdisjoint(papers_by_name[second])
        if ids[first] == ids[second] or is_distinct or on_one_paper:
            continue
        # The usual name is one with a file, else the more frequent, else the shorter one.
        rare, usual = sorted(
            (first, second), key=lambda name: (name.casefold() in id_by_name, len(papers_by_name[name]), -len(name))
        )
        if papers_by_name[rare]:
            count = len(papers_by_name[rare])
            message = f"{rare} may be {usual}: {reason}; it occurs in {count} paper{'s' * (count != 1)}"
            hint = (
                f"If they are one, write both spellings into content/institutions/{ids[usual] or 'ID'}.yaml, as name "
                "and aliases; if not, write distinct_from there."
            )
            subject = f"papers/{next(iter(papers_by_name[rare]))}"
            yield record_problem(subject, "W324", message, hint, "affiliations")


def _similar_names(names: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the pairs of names that may mean one institution, each once, with the first reason."""
    yielded: set[tuple[str, str]] = set()
    for first, second, reason in (*_same_words_or_acronym(names), *_parts_of_names(names), *_nearly_equal(names)):
        pair = (min(first, second), max(first, second))
        if pair not in yielded:
            yielded.add(pair)
            yield (*pair, reason)


def _same_words_or_acronym(names: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield pairs of names with the same words in any order, without stop words; and of an acronym and its name."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[" ".join(sorted(_words(name)))].append(name)
    for spellings in groups.values():
        yield from ((spellings[0], other, "the same words") for other in spellings[1:])
    name_by_acronym = {"".join(word[0] for word in _words(name)): name for name in names if len(_words(name)) > 2}
    for name in names:
        if name.isupper() and len(name) > 2 and (full_name := name_by_acronym.get(name.lower())):
            yield name, full_name, "its first letters"


def _parts_of_names(names: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield a name and another one that is a part of it: ``MIT, Cambridge`` and ``MIT``.

    Commas, semicolons and brackets separate parts.
    """
    name_by_folded = {folded(name): name for name in names}
    for name in names:
        parts = re.split(r"[,;()]", name)
        for part in parts if len(parts) > 1 else ():
            shorter_name = name_by_folded.get(folded(part))
            if shorter_name and shorter_name != name and len(folded(part)) > 2:
                yield name, shorter_name, _PART


def _nearly_equal(names: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield pairs of names that differ in few letters."""
    texts = [" ".join(_words(name)) for name in names]
    for pair in near_pairs(texts, _MIN_INSTITUTION_SIMILARITY):
        yield names[pair.first], names[pair.second], "nearly the same letters"


def _words(name: str) -> list[str]:
    """The words of a name in lower case, without stop words, abbreviations spelled out."""
    words = slugify(name, _MAX_NAME).split("-")
    return [_ABBREVIATIONS.get(word, word) for word in words if word and word not in _STOP_WORDS]


def series_have_one_name(content: Content) -> Iterator[Problem]:
    """No two series have the same name or full name, with or without year, ordinal and societies."""
    first_ids: dict[str, str] = {}  # the first series with each name
    for series in content.series:
        for key in spellings_of(series):
            other = first_ids.setdefault(key, series.id)
            if other != series.id:
                hint = f"Move its editions into content/venues/{other}.yaml, and the papers with them."
                yield record_problem(f"venues/{series.id}", "W325", f"{series.name} may be {other}", hint, "name")
                break


def tracks_have_one_spelling(content: Content) -> Iterator[Problem]:
    """A track has one spelling in all papers. The most common one is assumed to be right."""
    tracks: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))  # folded name, spelling, paper ids
    papers = {paper.id: paper for paper in content.papers}
    for paper in content.papers:
        if paper.track:
            tracks[folded(paper.track)][paper.track].append(paper.id)
    for spellings in tracks.values():
        # Of equally frequent spellings, the last in the alphabet counts as usual: every run gives the same message.
        usual = max(spellings, key=lambda spelling: (len(spellings[spelling]), spelling))
        for spelling, paper_ids in spellings.items():
            for paper_id in paper_ids if spelling != usual else ():
                message = f"the track is spelled {usual} elsewhere"
                yield paper_problem(papers[paper_id], "W326", message, f"Write {usual}.", "track")
