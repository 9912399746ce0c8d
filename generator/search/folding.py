"""Normalize text for search. The script ``fold.js`` does exactly the same.

Text becomes lower case without accents. Letters that Unicode does not decompose are replaced by a table, and a single
Greek letter, as in formulas, by its name. Words with a hyphen or sign are indexed joined and divided
(``pre-training``: ``pretraining``, ``pre``, ``training``), since readers type either form.
"""

import re
import unicodedata

_REPLACED_CHARACTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ł": "l"}
    | {"∞": " infinity ", "∇": " nabla ", "∂": " partial ", "ς": "σ", "ϵ": "ε", "ϕ": "φ", "ϑ": "θ", "ϱ": "ρ"}
)
_GREEK_NAMES = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon "
        "phi chi psi omega".split(),
        strict=True,
    )
)
_SINGLE_GREEK = re.compile("(?<![α-ω])[α-ω](?![α-ω])")  # a Greek letter with no other one beside it, as in formulas
_WORD = re.compile(r"[^\W_]+")
MAX_WORD_LENGTH = 30  # letters; longer pieces are URLs or remains of formulas


class _MarkRemover(dict[int, int | None]):
    """A table for ``str.translate`` that removes combining marks. It looks each character up in Unicode's data once."""

    def __missing__(self, code: int) -> int | None:
        # None removes the character. Categories of combining marks begin with M.
        self[code] = None if unicodedata.category(chr(code)).startswith("M") else code
        return self[code]


_WITHOUT_MARKS = _MarkRemover()


def folded(text: str) -> str:
    """Return ``text`` in lower case, without accents, with the names of single Greek letters."""
    if text.isascii():  # true of most texts
        return text.lower()
    # NFKD divides a letter with an accent into the letter and a combining mark.
    plain = unicodedata.normalize("NFKD", text).lower().translate(_WITHOUT_MARKS).translate(_REPLACED_CHARACTERS)
    return _SINGLE_GREEK.sub(lambda match: _GREEK_NAMES[match[0]], plain)


def split_words(text: str) -> list[str]:
    """The folded words of ``text`` in order, divided at hyphens and signs (``pre``, ``training``)."""
    return _WORD.findall(folded(text))


def words_of(text: str) -> list[str]:
    """The folded words of ``text`` in order. A word with hyphens or signs is joined, and followed by its parts.

    ``Pre-training works`` gives ``pretraining``, ``pre``, ``training``, ``works``.
    """
    words = []
    for piece in folded(text).split():
        if piece.isalnum():  # true of most words
            if len(piece) <= MAX_WORD_LENGTH:
                words.append(piece)
            continue
        parts = _WORD.findall(piece)
        if len(parts) > 1 and len(joined := "".join(parts)) <= MAX_WORD_LENGTH:
            words.append(joined)
        words += [part for part in parts if len(part) <= MAX_WORD_LENGTH]
    return words
