"""Extract the claims of a sentence that a program can look up in its source: numbers with units, and names.

Sources are in English, sentences in English or German. German swaps the meaning of comma and point in numbers.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from generator.text.slug import folded


class Quantity(NamedTuple):
    """A number, its unit as a key of ``_UNITS`` ('' if it has none or an unknown one), and both as written."""

    value: Decimal
    unit: str
    text: str


# The pattern of each unit, after a number.
_UNITS = {
    "%": r"\\?%|per ?cent\b|percentage points?\b|prozent(?:punkten?)?\b|pp\b",
    "times": r"(?:[x×](?!\w)|\\times)(?!\s*[\d$])|times\b|-?fold\b|-?mal\b|-?fache?[nmrs]?\b",
    "ms": r"ms\b|milliseconds?\b|millisekunden?\b",
    "s": r"s\b|seconds?\b|sekunden?\b",
    "min": r"min\b|minutes?\b|minuten?\b",
    "h": r"h\b|hours?\b|stunden?\b",
    "days": r"days?\b|tagen?\b|tage\b",
    "KB": r"KB\b|kilobytes?\b",
    "MB": r"MB\b|megabytes?\b",
    "GB": r"GB\b|gigabytes?\b",
    "TB": r"TB\b|terabytes?\b",
    "bits": r"-?bits?\b",
    "Hz": r"[kMG]?Hz\b",
}
# Powers of ten. A German ``Billion`` is a trillion.
_SCALES = {
    "k": 3, "K": 3, "thousand": 3, "tausend": 3, "M": 6, "million": 6, "millions": 6, "millionen": 6,
    "B": 9, "billion": 9, "billions": 9, "milliarde": 9, "milliarden": 9, "T": 12, "trillion": 12, "billionen": 12,
}  # fmt: skip
# ``12,000``, ``7B``, ``3 million``, each with or without one of the units. The group ``u0`` matches the first unit.
_NUMBER = re.compile(
    r"(?<![\w.,])(?P<digits>\d+(?:[.,]\d+)*|\.\d+)"
    r"(?:(?P<letter>[kKMBT])(?![\w])|[\s-]?(?P<scale>thousand|tausend|millions?|million(?:en)?|billions?|milliarden?"
    r"|billionen|trillion)\b)?"
    rf"\s?(?:{'|'.join(f'(?P<u{index}>{pattern})' for index, pattern in enumerate(_UNITS.values()))})?",
    re.IGNORECASE,
)
_IN_NAME = re.compile(r"(?<![A-Za-z\d.])[A-Za-z]++-\Z")  # the prefix of ``GPT-4``, but not of ``6x-29x``
# The letter of a scale after digits: ``7B`` but not ``7b``. ``_NUMBER`` ignores case.
_SCALE_LETTER = re.compile(r"(?<=\d)[kKMBT](?![\w])")
_NUMBER_WORDS = {
    "two": 2, "twice": 2, "double": 2, "doubles": 2, "doubled": 2, "three": 3, "triple": 3, "triples": 3, "thrice": 3,
    "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100, "hundreds": 100,
    "thousand": 1000, "thousands": 1000,
    "zwei": 2, "zweimal": 2, "doppelt": 2, "doppelte": 2, "zweifach": 2, "drei": 3, "dreimal": 3, "dreifach": 3,
    "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12,
    "fünfzehn": 15, "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50, "hundert": 100, "hunderte": 100,
    "tausend": 1000, "tausende": 1000,
}  # fmt: skip
_WORD = re.compile(r"(?<![\w-])[^\W\d_]+")
_IMPLIES_TWO = re.compile(
    r"\b(?:both|pairs?|paired|dual|twofold|binary|bi|second|other|either|versus|and|between)\b|\(ii\)|2"
)
"""What a source may write instead of the number two. It is matched with the source in lower case."""


def quantities(text: str, language: str = "en") -> list[Quantity]:
    """Return the numbers that are written in digits. Digits of names such as ``GPT-4`` are left out."""
    return [
        quantity
        for match in _NUMBER.finditer(text)
        if not _IN_NAME.search(text[: match.start()]) and (quantity := _quantity(match, language)) is not None
    ]


def _quantity(match: re.Match[str], language: str) -> Quantity | None:
    """The quantity in a match of ``_NUMBER``; None for digits that are no number, such as ``1.2.3``."""
    digits = match["digits"].rstrip(".,")
    thousands, point = (".", ",") if language == "de" else (",", ".")
    if thousands in digits and not re.fullmatch(rf"\d{{1,3}}(?:\{thousands}\d{{3}})+(?:\{point}\d+)?", digits):
        if language != "de" or point in digits:
            return _first_of_list(digits, match)
        thousands, point = point, thousands  # a German text with an English number, such as 1.5
    try:
        value = Decimal(digits.replace(thousands, "").replace(point, "."))
    except InvalidOperation:
        return None
    scale = match["letter"] if match["letter"] and _SCALE_LETTER.search(match[0]) else (match["scale"] or "").lower()
    value = value.scaleb(_SCALES.get(scale, 0)).normalize()
    unit = next((unit for index, unit in enumerate(_UNITS) if match[f"u{index}"]), "")
    return Quantity(value, unit, match[0].strip())


def _first_of_list(digits: str, match: re.Match[str]) -> Quantity | None:
    """Return the first number of a list such as ``1,2,3``; the others are not checked."""
    first = re.split(r"[.,]", digits)[0]
    return Quantity(Decimal(first).normalize(), "", match[0].strip()) if first else None


def number_words(text: str) -> dict[str, int]:
    """Return the numbers from two on that ``text`` writes as words, with the word as key."""
    return {word: _NUMBER_WORDS[word.lower()] for word in _WORD.findall(text) if word.lower() in _NUMBER_WORDS}


def unsupported_numbers(sentence: str, source: str, language: str = "en") -> list[str]:
    """Return the numbers of a sentence, as written, that its source does not state or states with another unit."""
    source_quantities = quantities(source)
    values = {quantity.value for quantity in source_quantities} | {
        Decimal(value) for value in number_words(source).values()
    }
    unsupported = []
    for quantity in quantities(sentence, language):
        unit, units = quantity.unit, {other.unit for other in source_quantities if other.value == quantity.value}
        # If the source writes the number as a word, its unit may be anywhere in the source.
        is_unit_missing = unit and unit not in units and (units or not re.search(_UNITS[unit], source, re.IGNORECASE))
        if quantity.value not in values or is_unit_missing:
            unsupported.append(quantity.text)
    for word, value in number_words(sentence).items():
        if Decimal(value) not in values and not (value == 2 and _IMPLIES_TWO.search(source.lower())):
            unsupported.append(word)
    return unsupported


_TOKEN = re.compile(r"[^\W_](?:[\w+]|[-/.](?=[^\W_]))*")
_FORMULA = re.compile(r"\$[^$]*\$")
# Names that a sentence may use although its source does not.
_COMMON_NAMES = frozenset(
    "I AI KI GPU GPUs CPU CPUs TV ID OK English German French Chinese Internet Web Earth Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday January February March April May June July August September October November "
    "December".split()
)


def names(text: str, language: str = "en") -> list[str]:
    """Return the words that look like names: with capitals or digits inside, or capitalized within a sentence.

    German capitalizes all nouns, so there a name needs a second capital or a digit.
    """
    bare = _FORMULA.sub("$", text)
    words = []
    for match in _TOKEN.finditer(bare):
        word = match[0]
        if word in _COMMON_NAMES:
            continue
        is_capitalized = language != "de" and _is_capitalized_inside_sentence(word, bare[: match.start()])
        if is_capitalized or _has_capital_or_digit_inside(word):
            words.append(word)
    return list(dict.fromkeys(words))


def _has_capital_or_digit_inside(word: str) -> bool:
    """Whether a word is like ``LoRA``, ``Llama3`` or ``Gemma-2``; ``3D`` and ``7B-scale`` are not."""
    parts = [part for part in re.split(r"[-/]", word) if not _is_measure(part)]
    return any(
        (part[1:] != part[1:].lower() and any(c.isalpha() for c in part))
        or (any(c.isdigit() for c in part) and any(c.isalpha() for c in part))
        for part in parts
    ) or bool(len(parts) > 1 and parts[0][:1].isupper() and any(part.isdigit() for part in parts[1:]))


def _is_measure(part: str) -> bool:
    """Whether a part of a word is a number rather than a name: ``3D``, ``2x``, ``7B``, ``1st``, German ``80er``."""
    return bool(re.fullmatch(r"\d+(?:\.\d+)?(?:[kKMBTxXdDs]|st|nd|rd|th|bit|ms|er)", part))


def _is_capitalized_inside_sentence(word: str, before: str) -> bool:
    return word[:1].isupper() and len(word) > 1 and not _starts_sentence(before)


def _starts_sentence(before: str) -> bool:
    """Whether a sentence, quotation, bracket or line starts after the text ``before``."""
    text = before.rstrip()
    # A full stop ends a sentence only if a space follows: ``text`` is then shorter than ``before``.
    return not text or text[-1] in '"“„(' or "\n" in before[len(text) :] or (text[-1] in ".!?:" and text != before)


def unsupported_names(sentence: str, source: str, known: str, language: str = "en") -> list[str]:
    """Return the names that neither the source nor ``known`` (title, keywords) contains or abbreviates."""
    text = f"{source}\n{known}"
    folded_text, tokens = folded(text), {folded(token) for token in _TOKEN.findall(text)}
    return [
        name
        for name in names(sentence, language)
        if not any(_occurs(form, folded_text, tokens) for form in _forms(name))
        and not _abbreviates(name, f"{text}\n{sentence}")
    ]


def _forms(name: str) -> Iterator[str]:
    """The folded name, and what remains without an ending or without a part of a compound."""
    yield folded(name)
    if name.endswith(("s", "-")) and len(name) > 3:
        yield folded(name[:-1])
    parts = name.split("-")
    if len(parts) > 1 and not parts[-1].isdigit() and parts[-1].islower():
        yield folded("-".join(parts[:-1]))  # ``ImageNet-scale``
    if len(parts) > 1 and parts[0].islower():
        yield folded("-".join(parts[1:]))  # ``non-Gaussian``
    if len(parts) > 1 and parts[-1][:1].isupper() and not parts[-1].isupper():
        yield folded(parts[0])  # a German compound: ``ImageNet-Bilder``


def _occurs(name: str, folded_text: str, tokens: set[str]) -> bool:
    # Shorter names occur by chance inside other words.
    return name in tokens or (len(name) > 3 and name in folded_text)


def _abbreviates(name: str, text: str) -> bool:
    """Whether a name abbreviates consecutive words in ``text`` by their initials, or ``text`` abbreviates the name."""
    if len(parts := re.split(r"[- ]", name)) > 1 and all(part[:1].isupper() for part in parts):
        return "".join(part[0] for part in parts) in _TOKEN.findall(text)  # ``Kullback-Leibler`` is KL in the source
    letters = re.sub(r"[^A-Z]", "", name)
    if len(letters) < 2 or letters.lower() != folded(name.removesuffix("s")):  # not in capitals throughout
        return False
    initials = "".join(word[0].lower() for word in re.findall(r"[^\W\d_]+", text))
    return letters.lower() in initials


_RUN_WORD = re.compile(r"[^\W_]+")
RUN_LENGTH = 8
"""A text counts as copied if it shares at least this number of consecutive words with its source."""


def shared_runs(text: str, source: str, allowed: str = "") -> list[str]:
    """Return each run of ``RUN_LENGTH`` words that ``text`` shares with ``source`` but not with ``allowed``.

    The runs are in lower case, and do not overlap.
    """
    copied, words = _runs(source) - _runs(allowed), _RUN_WORD.findall(text.lower())
    runs: list[str] = []
    last_start = -RUN_LENGTH
    for index in range(len(words) - RUN_LENGTH + 1):
        if tuple(words[index : index + RUN_LENGTH]) in copied and index >= last_start + RUN_LENGTH:
            runs.append(" ".join(words[index : index + RUN_LENGTH]))
            last_start = index
    return runs


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _RUN_WORD.findall(text.lower())
    return {tuple(words[index : index + RUN_LENGTH]) for index in range(len(words) - RUN_LENGTH + 1)}


_COMMON_WORDS = {
    "en": frozenset("the of and to in is that for are with as by on it be from this which not can than an or".split()),
    "de": frozenset("der die das und ist zu den von mit ein eine auf für nicht im dem des sich auch als wird".split()),
}


def language_of(text: str) -> str:
    """Return ``en`` or ``de``, decided by common words of the two languages; '' if they do not decide."""
    words = [word.lower() for word in _RUN_WORD.findall(text)]
    counts = {language: sum(word in common for word in words) for language, common in _COMMON_WORDS.items()}
    likeliest = max(counts, key=lambda language: counts[language])
    # The factor of two allows for a few words of the other language in a text.
    return likeliest if counts[likeliest] > 2 * min(counts.values()) else ""
