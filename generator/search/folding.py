"""Normalize text for search. The script ``fold.js`` does exactly the same.

Text becomes lower case without accents. Letters that Unicode does not decompose are replaced by a table, and a single
Greek letter, as in formulas, by its name. Words with a hyphen or sign are indexed joined and in parts
(``pre-training``: ``pretraining``, ``pre``, ``training``), since readers type either.
"""

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ł": "l"}
    | {"∞": " infinity ", "∇": " nabla ", "∂": " partial ", "ς": "σ", "ϵ": "ε", "ϕ": "φ", "ϑ": "θ", "ϱ": "ρ"}
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon "
        "phi chi psi omega".split(),
        strict=True,
    )
)
_ALONE = re.compile("(?<![α-ω])[α-ω](?![α-ω])")  # a Greek letter with no other one beside it, as in formulas
_PART = re.compile(r"[^\W_]+")
MAX_WORD = 30  # letters; longer pieces are URLs or remains of formulas


class _NoMarks(dict[int, int | None]):
    """For ``str.translate``: drops combining marks and keeps other characters. Each character is looked up once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.category(chr(code)).startswith("M") else code
        return self[code]


_NO_MARKS = _NoMarks()


def folded(text: str) -> str:
    """Return ``text`` in lower case, without accents, with the names of single Greek letters."""
    if text.isascii():  # true of most texts
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).lower().translate(_NO_MARKS).translate(_LETTERS)
    return _ALONE.sub(lambda match: _GREEK[match[0]], plain)


def parts_of_text(text: str) -> list[str]:
    """The folded words of ``text`` in order. Words with a hyphen or sign are only given in parts."""
    return _PART.findall(folded(text))


def words_of(text: str) -> list[str]:
    """The folded words of ``text`` in order, each followed by its parts if it has several."""
    words = []
    for piece in folded(text).split():
        if piece.isalnum():  # true of most words
            if len(piece) <= MAX_WORD:
                words.append(piece)
            continue
        parts = _PART.findall(piece)
        if len(parts) > 1 and len(joined := "".join(parts)) <= MAX_WORD:
            words.append(joined)
        words += [part for part in parts if len(part) <= MAX_WORD]
    return words
