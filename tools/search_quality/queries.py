"""Known-item queries: what a reader types who has a certain paper in mind, made from the entries with a seed."""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from generator.model.catalog import Catalog
from generator.model.paper import Paper
from generator.search.folding import folded, words_of
from generator.text.maths import to_plain
from generator.text.names import split_name
from tools.search_quality.pasted import pasted

KINDS = ("title", "words", "author", "several", "acronym", "typo", "typos", "sentence", "dated", "venue", "pasted")
_COMMON = frozenset(
    "about after against also among and are before beyond can does for from has how into its more not our over than "
    "that the their them they this through toward towards under using via what when where which while why with "
    "within without you your".split()
)
_SENTENCE = "is there a paper on {} and {} that also shows {} for {}"
_NAME = re.compile(r"[A-Za-z][\w$^+*.-]*")


class Query(NamedTuple):
    """``text`` as typed by somebody who looks for ``paper``; ``kind`` is one of ``KINDS``.

    ``several`` is an author's name and two words that fit other papers, too: of 20,000 papers a twelfth are such, and
    no order of the results can tell which of the papers is meant. ``author`` fits one paper alone.
    """

    kind: str
    text: str
    paper: str


def queries(catalog: Catalog, seed: int = 7) -> list[Query]:
    """All queries of all kinds, in the order of the ids: the same for the same entries and seed."""
    chance = random.Random(seed)
    papers = sorted(catalog.papers.values(), key=lambda paper: paper.id)
    named = Counter(name.casefold() for paper in papers if (name := acronym(paper)))
    found = []
    fits = _Fits(papers)
    for paper in papers:
        for kind, text in _of_paper(paper, chance, named):
            if text:
                several = kind == "author" and len(fits.papers(text)) > 1
                found.append(Query("several" if several else kind, text, paper.id))
    more = random.Random(seed + 1)
    for paper in papers:
        found += [Query(kind, text, paper.id) for kind, text in _around(catalog, paper, more) if text]
    return found


class _Fits:
    """Which papers an author's family name and words of a title fit."""

    def __init__(self, papers: list[Paper]) -> None:
        self._titles: dict[str, set[str]] = defaultdict(set)
        self._families: dict[str, set[str]] = defaultdict(set)
        for paper in papers:
            for word in words_of(to_plain(paper.title)):
                self._titles[word].add(paper.id)
            for author in paper.authors:
                self._families[folded(split_name(author.name).family)].add(paper.id)

    def papers(self, text: str) -> set[str]:
        """The ids of the papers with the two last words of ``text`` in the title and the name before them."""
        family, *words = text.rsplit(" ", 2)
        return self._families[folded(family)].intersection(*(self._titles[folded(word)] for word in words))


def _of_paper(paper: Paper, chance: random.Random, named: Counter[str]) -> Iterator[tuple[str, str]]:
    words = telling_words(paper)
    yield "title", to_plain(paper.title)
    if len(words) >= 3:
        yield "words", " ".join(_some(words, chance.choice((3, 4)), chance))
        yield "typo", _with_typo(_some(words, chance.choice((3, 4)), chance), chance)
    if len(words) >= 2 and paper.authors:
        family = split_name(chance.choice(paper.authors).name).family
        yield "author", " ".join([family, *_some(words, 2, chance)])
    name = acronym(paper)
    # A name that two papers give their methods leads to both, and cannot tell which is meant.
    if named[name.casefold()] == 1:
        yield "acronym", name


def _around(catalog: Catalog, paper: Paper, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Two mistakes in a word, a sentence, author, year and word, venue, year and words, and what is pasted."""
    words = telling_words(paper)
    edition = catalog.editions[paper.venue]
    if len(words) >= 3:
        yield "typos", _with_typo(_some(words, 3, chance), chance, 2)
    if len(words) >= 4:
        yield "sentence", _SENTENCE.format(*_some(words, 4, chance))
    if words and paper.authors and edition.edition.year:
        family = split_name(chance.choice(paper.authors).name).family
        longest = max(words, key=len)
        yield "dated", f"{family} {edition.edition.year} {longest}"
        yield "venue", f"{edition.name} {' '.join(_some(words, 2, chance))}"
    yield "pasted", pasted(catalog, paper, random.Random(paper.id))


def telling_words(paper: Paper) -> list[str]:
    """The words of the title that say something: at least four letters and no mere link between others."""
    words = re.findall(r"[^\W\d_]{4,}", to_plain(paper.title))
    return list(dict.fromkeys(word for word in words if word.lower() not in _COMMON))


def acronym(paper: Paper) -> str:
    """The name of the method that stands before the title's colon, if it looks like one (``SimVQ``), or ''."""
    head, colon, _ = to_plain(paper.title).partition(":")
    looks = colon and _NAME.fullmatch(head) and sum(letter.isupper() for letter in head) >= 2
    return head if looks else ""


def _some(words: list[str], count: int, chance: random.Random) -> list[str]:
    return [words[at] for at in sorted(chance.sample(range(len(words)), min(count, len(words))))]


def _with_typo(words: list[str], chance: random.Random, mistakes: int = 1) -> str:
    longest = max(range(len(words)), key=lambda at: len(words[at]))
    wrong = words[longest]
    for _ in range(mistakes):
        wrong = mistyped(wrong, chance)
    return " ".join(wrong if at == longest else word for at, word in enumerate(words))


def mistyped(word: str, chance: random.Random) -> str:
    """``word`` with one letter deleted, swapped with the next, or doubled; never ``word`` itself."""
    while True:
        at = chance.randrange(len(word) - 1)
        other = chance.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + word[at] + word[at:],
            )
        )
        if other != word:
            return other
