"""The words of the digest, by which search in the browser sees that a word was mistyped.

They are cut by length: a word that is one letter off is as long, or a letter longer or shorter, so a reader needs
three files of them.
"""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from generator.model.page import Page
from generator.model.search_record import SearchRecord

SHORTEST, LONGEST = 3, 24
_WORD = re.compile(r"[^\W_]+")


class _NoMarks(dict[int, int | None]):
    """For ``str.translate``: combining marks are dropped, everything else stays; each character is looked up once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_NO_MARKS = _NoMarks()


def word_files(records: Iterable[SearchRecord]) -> Iterator[Page]:
    """``search/words/5.json`` and so on: the words of each length, with how many papers have them."""
    held: Counter[str] = Counter()
    for record in records:
        held.update(set(_WORD.findall(folded(record.content))))
    files: dict[int, dict[str, int]] = defaultdict(dict)
    for word in sorted(held):
        if SHORTEST <= len(word) <= LONGEST:
            files[len(word)][word] = held[word]
    for length in range(SHORTEST, LONGEST + 1):
        text = json.dumps(files[length], ensure_ascii=False, separators=(",", ":"))
        yield Page(path=f"search/words/{length}.json", text=f"{text}\n")


def folded(text: str) -> str:
    """Lower case without accents, as the script in the browser folds what is typed."""
    return unicodedata.normalize("NFKD", text.lower()).translate(_NO_MARKS)
