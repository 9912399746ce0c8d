"""Functions on the venue names of sources: remove ordinals, years, places and societies; find acronyms and keys.

The *core* of a name is the name without the parts that change every year (`core_of`).
"""

import re
from collections.abc import Iterator

from generator.model.entities import VenueKind, VenueName
from generator.text.slug import folded

_UNITS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_TENS = "twent|thirt|fort|fift|sixt|sevent|eight|ninet"
# ``41st``, ``Twenty-third``, ``Thirtieth``, ``XIV`` after ``the``
_ORDINAL = re.compile(
    rf"\b(?:[0-9]+ ?(?:st|nd|rd|th)|(?:{_TENS})y(?:[- ](?:{_UNITS}))?|(?:{_TENS})ieth|{_UNITS}|tenth|eleventh|twelfth|"
    r"\w{2,6}teenth|(?:one[- ])?hundredth|(?<=the )[XVI]{2,6})\b",
    re.IGNORECASE,
)
# ``Proceedings of the`` at the start of a name, ``Conference Proceedings, Part II`` at its end
_PROCEEDINGS = re.compile(
    r"^(?:in[:.]? )?(?:the )?(?:conference |annual |joint )?(?:proceedings?|proc\.?)(?:[ :,-]+(?:of|to|from|-)?)? *"
    r"(?:the )?|"
    r"(?<![\s,:-])[\s,:-]+(?:conference )?proceedings(?:[, ]+part [IVX0-9]+)?$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"['’]?\b(?:19|20)[0-9]{2}\b|['’][0-9]{2}\b")
# ``, Vol. 12`` and everything after it
_VOLUME = re.compile(
    r"(?:[,:;.]|(?<!\s))\s*\b(?:volumes?|vol\.?|part|pt\.?|issue|number|no\.)\s*(?:[0-9]+|[IVX]+)\b.*$", re.IGNORECASE
)
# ``12`` in ``Neural Networks 12``, ``IV`` in ``Computer Vision IV``
_NUMBER_AT_END = re.compile(r"(?<=[A-Za-z])[\s,]+(?:[0-9]{1,3}|[IVX]{2,6})$")
# societies at the start of a name, which many sources omit
_LEADING_SOCIETIES = re.compile(
    r"^(?:(?:ieee|acm|cvf|annual|sigkdd|rsj|siam|usenix|ifip|sigplan|sigsoft|sigact|eurographics|ras|iapr|iacr)[\s/-]+)+",
    re.IGNORECASE,
)
# ``CVPR Workshops``, ``Tiny Papers @ ICLR``
_WORKSHOP = re.compile(r"\bworkshops?\b|(?<=\w)\s?@\s?[A-Z]|\btutorials?\b", re.IGNORECASE)
_EVENT = re.compile(r"\b(?:proceedings|proc\.|conf(?:erence|\.)|symposium|workshops?|congress|meeting)", re.IGNORECASE)
# companion volumes: their papers are not papers of the conference
_COMPANION = re.compile(
    r"\bcompanion\b|\badjunct\b|\bextended abstracts\b|\bdoctoral consortium\b|\bsupplement", re.IGNORECASE
)
# an acronym, which has at least two capitals: ``NeurIPS``, ``CVPR-W``
_ACRONYM = r"(?=[A-Za-z0-9*/&-]*[A-Z][A-Za-z0-9*/&-]*[A-Z])[A-Z0-9][A-Za-z0-9*&-]{1,15}(?:[/-][A-Z][A-Za-z]{1,12})?"
# the year after an acronym: `` 2024``, ``'24``, ``-24``
_YEAR_AFTER_ACRONYM = r"\s*[-'’]?\s?(?:(?:19|20)?[0-9]{2})\b"
# ``(ICML)``, ``(ICML '24)``; ``, ICML 2024`` and ``– ECCV 2024``; ``ICML'24`` at the start
_EXPLICIT_ACRONYM = re.compile(
    rf"\(({_ACRONYM})(?:{_YEAR_AFTER_ACRONYM})?\)|"
    rf"(?:^|[,:;.] |[-–—] )({_ACRONYM}|[A-Z][a-z]+[A-Z]?[A-Za-z]*){_YEAR_AFTER_ACRONYM}(?=$|[,:;.) -])"
)
# ``ICML 2024: `` before a name of three or more words
_ACRONYM_BEFORE = re.compile(rf"^{_ACRONYM}{_YEAR_AFTER_ACRONYM}\s*[:,–—-]\s+(?=\w+\W+\w+\W+\w+)")
# ``…, ICML``, ``Proceedings of the ICML``, ``… - ICML Conference``
_ACRONYM_AT_END = re.compile(rf"(?:^|[,:;.] |[-–—] |\b[Oo]f (?:[Tt]he )?)({_ACRONYM})(?: Conference)?$")
# ``IJCAI International Joint Conference on …``; case is ignored, so any first word matches
_ACRONYM_AND_NAME = re.compile(
    rf"{_ACRONYM}\s+(?=(?:international|annual|conference|joint|european|asian)\b)", re.IGNORECASE
)
# between the parts of a name: a comma, semicolon, colon, dash or full stop
_PART_SEPARATOR = re.compile(r"(?:(?<!\s)\s+)?[,;:]\s+|(?<!\s)\s+[-–—]+\s+|\.\s+(?=[A-Z])")
_MAX_PARTS = 12  # further parts of an overlong name are not looked up
_STOP_WORDS = frozenset("the of on in and for to a an at & und der die das".split())
# words that some sources add to the name of a venue
_OPTIONAL_WORDS = frozenset(
    "annual ieee acm cvf sigkdd rsj siam usenix ifip sigplan sigsoft sigact ras iapr int int'l international intl "
    "proceedings proc".split()
)
_SOCIETIES = frozenset("ieee acm siam usenix ifip".split())
# words that names of many different venues share
_GENERIC_WORDS = frozenset(
    "conference conferences symposium meeting workshop workshops congress annual international joint proceedings "
    "society association transactions journal advances research european asian american national world".split()
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.?"
# ``June 3-7``, ``12–14 May``
_DATE = re.compile(rf"\b{_MONTH}\s*[0-9]|[0-9]\s*{_MONTH}\b|^\s*{_MONTH}$|^[0-9\s/–-]+$", re.IGNORECASE)
# parts of a name that follow the name of the event
_AFTER_EVENT = re.compile(
    r"^(?:virtual(?: event| conference| only)?|online|proceedings.*|part [IVX0-9]+|revised.*papers.*)$", re.I
)
# places of one word, at the end of a name
_PLACES = frozenset(
    "usa us uk uae argentina australia austria bangladesh belgium brazil bulgaria canada chile china colombia croatia "
    "cyprus czechia denmark ecuador egypt england estonia ethiopia finland france germany ghana greece hungary "
    "iceland india indonesia iran ireland israel italy japan jordan kenya korea latvia lebanon lithuania luxembourg "
    "macau macao "
    "malaysia malta mexico monaco morocco netherlands nepal nigeria norway pakistan peru philippines poland portugal "
    "qatar romania russia rwanda scotland senegal serbia singapore slovakia slovenia spain sweden switzerland taiwan "
    "thailand tunisia turkey ukraine uruguay vietnam wales ca ny tx wa ma fl ga il pa nj va md co az or nv la hi ut dc "
    "california texas florida hawaii massachusetts washington nevada louisiana qc bc".split()
)
_LONG_PLACES = frozenset(
    "new zealand|south korea|republic of korea|hong kong|costa rica|south africa|puerto rico|dominican republic|"
    "czech republic|the netherlands|united kingdom|united states|united arab emirates|saudi arabia|sri lanka|"
    "united states of america|new york|abu dhabi".split("|")
)


def core_of(name: str) -> str:
    """A venue's name without ordinals, years, volumes, brackets, a number at the end, and ``Proceedings of the``."""
    # The order matters: a number or ``proceedings`` is at the end only after years and volumes are removed.
    text = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", name)
    text = _PROCEEDINGS.sub("", " ".join(text.split()))
    text = _VOLUME.sub("", _YEAR.sub(" ", _ORDINAL.sub(" ", text)))
    text = _NUMBER_AT_END.sub("", " ".join(text.split()).rstrip(" ,.:;-–"))
    text = _PROCEEDINGS.sub("", text)
    return re.sub(r"^the ", "", text.strip(" ,.:;-–—&"), flags=re.IGNORECASE).strip(" ,.:;-–—&")


def without_societies(name: str) -> str:
    """The core of a name without the leading societies: ``IEEE/CVF Conference on …``."""
    return _LEADING_SOCIETIES.sub("", core_of(name))


def significant_words(name: str) -> list[str]:
    """The words of a name's core in lower case, without articles, prepositions and ``_OPTIONAL_WORDS``.

    The optional words stay if fewer than two words would remain.
    """
    words = [word.strip(".,:;'’\"") for word in re.split(r"[\s/–—-]+", core_of(name).lower())]
    without_stop_words = [word for word in words if word and word not in _STOP_WORDS]
    significant = [word for word in without_stop_words if word not in _OPTIONAL_WORDS]
    return significant if len(significant) > 1 else without_stop_words


def societies_of(name: str) -> frozenset[str]:
    """The societies in a name, in lower case: ``ieee`` and ``acm`` in ``IEEE/ACM Transactions on Networking``."""
    return _SOCIETIES & set(re.split(r"[^a-z]+", name.lower()))


def venue_key(name: str) -> str:
    """A key that spellings of one venue share: letters and digits of the significant words, else of the name."""
    return folded("".join(significant_words(name))) or folded(name)


def venue_candidates(name: str) -> Iterator[str]:
    """Yield the parts of a name that may be a venue's name, the most likely first.

    The order: the name without a first word such as ``IJCAI`` in ``IJCAI International Joint Conference``, the
    beginnings of the name up to each `_PART_SEPARATOR` (the longest first), and the other parts of three or more words.
    A beginning of one word is a candidate only if it is an acronym. The whole name is no candidate.
    """
    text = _PROCEEDINGS.sub("", re.sub(r"\([^()]*\)", "", name))
    parts = [part for part in _PART_SEPARATOR.split(text)[:_MAX_PARTS] if part.strip()]
    if match := _ACRONYM_AND_NAME.match(text):
        yield text[match.end() :]
    for count in range(len(parts) - 1, 0, -1):
        if count > 1 or len(parts[0].split()) > 1 or re.fullmatch(_ACRONYM, parts[0]):
            yield ", ".join(parts[:count])
    yield from (part for part in parts[1:] if len(part.split()) > 2)


def explicit_acronyms(name: str) -> Iterator[str]:
    """Yield the acronyms in brackets or next to a year, as in ``(ICML 2024)``, in order."""
    for match in _EXPLICIT_ACRONYM.finditer(name):
        yield match[1] or match[2]


def acronyms(name: str) -> Iterator[str]:
    """Yield the acronyms in a name: first those of `explicit_acronyms`, then one at the end."""
    yield from explicit_acronyms(name)
    if at_end := _ACRONYM_AT_END.search(_YEAR.sub("", name).strip(" ,.")):
        yield at_end[1]


def is_event(venue_name: VenueName) -> bool:
    """Whether a name is that of a conference, workshop or other meeting, and not of a journal or book."""
    return venue_name.kind is not VenueKind.JOURNAL and bool(
        venue_name.kind in (VenueKind.CONFERENCE, VenueKind.WORKSHOP) or _EVENT.search(venue_name.name)
    )


def is_workshop(venue_name: VenueName) -> bool:
    """Whether a name is that of a workshop or tutorial."""
    return venue_name.kind is VenueKind.WORKSHOP or bool(_WORKSHOP.search(venue_name.name))


def is_companion_or_workshop(venue_name: VenueName) -> bool:
    """Whether a name is that of a companion volume, workshop or tutorial. Its acronym may be that of the conference."""
    return is_workshop(venue_name) or bool(_COMPANION.search(venue_name.name))


def conference_of_workshop(name: str) -> str:
    """The conference name in ``CVPR Workshops`` or ``Workshops at the …``; '' for other names."""
    text = re.sub(r"\([^()]*\)", " ", name)
    conference = re.sub(r"\bworkshops?\b(?:\s+(?:at|of|in)\b)?(?:\s+the\b)?", " ", text, flags=re.IGNORECASE)
    return " ".join(conference.split()) if conference != text else ""


def may_be_venue(name: str, venue_names: tuple[str, ...]) -> bool:
    """Whether a name with the acronym of a venue may be a name of this venue, which has ``venue_names``.

    One of three is enough: the name contains the word ``track``, has no specific word besides acronyms, or shares a
    specific word with one of ``venue_names``.
    """
    if re.search(r"\btrack\b", name, re.IGNORECASE):
        return True
    stems = _specific_stems(_ACRONYM_AT_END.sub(" ", _EXPLICIT_ACRONYM.sub(" ", name)))
    return not stems or any(stems & _specific_stems(venue_name) for venue_name in venue_names)


def _specific_stems(name: str) -> set[str]:
    """The first five letters of each longer word that few venues share: equal for ``learning`` and ``learn.``"""
    return {word[:5] for word in significant_words(name) if len(word) > 2 and word not in _GENERIC_WORDS}


def new_series_name(venue_name: VenueName) -> str:
    """The name for a new series: the core without place, date and what follows. A journal or book keeps its title."""
    if not is_event(venue_name):
        # Remove ``In:`` at the start and ``(2020)`` at the end.
        return re.sub(r"(?:(?<!\s)\s+)?\((?:19|20)[0-9]{2}\)$|^(?:in:? )", "", venue_name.name).strip(" ,;:")
    name = _ACRONYM_BEFORE.sub("", venue_name.name)
    # The loop below ends the name at an acronym with a year. Write each dated acronym in this form; any year will do.
    text = _EXPLICIT_ACRONYM.sub(lambda match: f", {match[1] or match[2]} 2000" if match[2] else " ", name)
    parts = [part.strip() for part in re.split(r",\s+", text)]
    name_parts = parts[:1]
    has_end = False  # whether a date or the like follows the name and its place
    for part in parts[1:]:
        is_acronym = re.fullmatch(rf"{_ACRONYM}{_YEAR_AFTER_ACRONYM}", part)
        if is_acronym or _DATE.search(part) or _AFTER_EVENT.match(part) or _YEAR.fullmatch(part.strip(" .")):
            has_end = True
            break
        name_parts.append(part)
    # Before the end may be a country or state, and before that a city: a short part without ``of`` and the like.
    while has_end and len(name_parts) > 1 and _is_place(name_parts[-1]):
        name_parts.pop()
        last = name_parts[-1]
        if len(name_parts) > 1 and len(last.split()) <= 3 and not re.search(r"\b(?:and|of|for|on)\b", last):
            name_parts.pop()
    return core_of(", ".join(name_parts)) or core_of(venue_name.name)


def _is_place(part: str) -> bool:
    place = part.strip(" .").replace(".", "").lower()
    return place in _PLACES or place in _LONG_PLACES


def abbreviates(short: list[str], full: list[str]) -> bool:
    """Whether the words of ``short`` abbreviate those of ``full``: ``mach learn`` is ``machine learning``."""
    return len(short) == len(full) and all(map(_word_abbreviates, short, full))


def _word_abbreviates(short: str, full: str) -> bool:
    """Whether a word is the beginning of ``full``, or three or more of its letters in order: ``mgmt``."""
    if full.startswith(short):
        return True
    letters = iter(full)  # one iterator for all letters of ``short``, so that matches keep their order
    return short[:1] == full[:1] and len(short) > 2 and all(letter in letters for letter in short)
