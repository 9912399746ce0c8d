"""The words of the digest in small files: whether a word is one, what near it is, and whose title or name has it.

``search/words/ad.json`` holds the words that begin with ``ad``, each with how many papers have it, and the papers (by
number, as steps from one to the next) that have it in a title and in a name: ``{"adam": [9, [2, 5], [0]]}``, or the
number alone. A word with a colon (``dada:``) is the name before a title's colon. ``search/words/ends/am.json`` holds
the words that end so with their counts: one with a mistake in its first letters is looked for there. One mistake
spoils the beginning or the end, never both. A file that would be large is cut by one letter more (``ada.json``), and
then holds itself only the words that have no more letters.

``search/index.json`` tells what every search needs: the digest of the records, the parts that they are in (the digest
and size of each; a paper's file is named by them), how many words each title has (a digit in base 36 a paper),
which files of words there are, and the words that most of many papers have: their lists are the heaviest to fetch and
narrow nothing.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from generator.exports.search_folding import words_of
from generator.model.page import Page
from generator.model.search_record import SearchRecord, digest_of, parts_of

_SHORTEST_AT_END = 4
_CUT, _DEEPEST = 2, 4  # letters of a file's name
_LARGEST = 12_000  # signs in a file that could be cut further
_MANY = 4000  # papers; with fewer no list of them is heavy
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


_Named = tuple[str, list[str]]


def word_files(records: Sequence[SearchRecord]) -> Iterator[Page]:
    """The files of words, by the letters of their names, and the index."""
    counts: Counter[str] = Counter()
    titles: dict[str, list[int]] = defaultdict(list)
    people: dict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        for word in sorted({word for title in record.titles for word in words_of(title)} | set(_heads(record))):
            titles[word].append(number)
        for word in sorted({word for name in record.people for word in words_of(name)}):
            people[word].append(number)
        told = "\n".join((record.content, *record.titles, *record.people))
        counts.update({word for word in words_of(told) if not _is_number(word)})
    beginnings: dict[str, str] = {}
    endings: dict[str, str] = {}
    for word in sorted({*counts, *titles, *people}):
        if len(word) < _CUT:
            continue
        places = [_steps(titles.get(word, ())), _steps(people.get(word, ()))]
        while places and not places[-1]:
            places.pop()
        beginnings[word] = f"{_json(word)}:{_json([counts[word], *places] if places else counts[word])}"
        if len(word) >= _SHORTEST_AT_END and word.isalnum():
            endings[word] = f"{_json(word)}:{counts[word]}"
    files = {
        "words": dict(_cut(beginnings, lambda word, letters: word.removesuffix(":")[:letters])),
        "ends": dict(_cut(endings, lambda word, letters: word[-letters:])),
    }
    lengths = [min(len(words_of(record.titles[0])), len(_DIGITS) - 1) for record in records]
    index = {
        "digest": digest_of(records),
        "parts": [[digest_of(part), len(part)] for part in parts_of(records)],
        "lengths": "".join(_DIGITS[length] for length in lengths),
        **{kind: " ".join(map(file_name, held)) for kind, held in files.items()},
        "common": sorted(word for word, count in counts.items() if count > max(_MANY, len(records) // 2)),
    }
    yield Page(path="search/index.json", text=f"{_json(index)}\n")
    for folder, kind in (("search/words", "words"), ("search/words/ends", "ends")):
        for letters, words in files[kind].items():
            yield Page(path=f"{folder}/{file_name(letters)}.json", text=f"{{{','.join(words)}}}\n")


def _cut(told: Mapping[str, str], name: Callable[[str, int], str], letters: int = _CUT) -> Iterator[_Named]:
    """What is ``told`` of words, in files by so many letters of each, more where a file would be large."""
    files: dict[str, dict[str, str]] = defaultdict(dict)
    for word, text in told.items():
        files[name(word, letters)][word] = text
    for key, held in sorted(files.items()):
        if len(key) == letters < _DEEPEST and sum(map(len, held.values())) > _LARGEST:
            yield from _cut(held, name, letters + 1)
        else:
            yield key, list(held.values())


def _heads(record: SearchRecord) -> Iterator[str]:
    for title in record.titles:
        head, colon, _ = title.partition(":")
        if colon and len(words := head.split()) == 1:
            yield f"{words_of(words[0])[0]}:" if words_of(words[0]) else ":"


def _is_number(word: str) -> bool:
    return (
        not word.isalpha() and sum(letter.isdigit() for letter in word) > 4
    )  # identifiers and long numbers are no words


def _steps(numbers: Iterable[int]) -> list[int]:
    found, last = [], 0
    for number in numbers:
        found.append(number - last)
        last = number
    return found


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def file_name(key: str) -> str:
    """The letters of a file of words as a name that every file system takes: others than a-z and 0-9 by number."""
    return "".join(c if c.isascii() and c.isalnum() else f"-{ord(c):x}" for c in key)
