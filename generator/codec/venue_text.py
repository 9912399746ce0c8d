"""Normalize a source's venue names: remove ordinal, year, place, publisher and other parts that change every year."""

import re
from collections.abc import Iterator

from generator.model.entities import VenueKind, VenueName
from generator.text.slug import folded

_UNITS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_TENS = "twent|thirt|fort|fift|sixt|sevent|eight|ninet"
# ``41st``, ``Twenty-third``, ``Thirtieth``
_ORDINAL = re.compile(
    rf"\b(?:[0-9]+ ?(?:st|nd|rd|th)|(?:{_TENS})y(?:[- ](?:{_UNITS}))?|(?:{_TENS})ieth|{_UNITS}|tenth|eleventh|twelfth|"
    r"\w{2,6}teenth|(?:one[- ])?hundredth|(?<=the )[XVI]{2,6})\b",
    re.IGNORECASE,
)
# ``Proceedings of the``, also in the middle of a name
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
# the number or numeral of a volume or of an event
_NUMBER_AT_END = re.compile(r"(?<=[A-Za-z])[\s,]+(?:[0-9]{1,3}|[IVX]{2,6})$")
# societies at the start of a name, which many sources leave out
_SPONSORS = re.compile(
    r"^(?:(?:ieee|acm|cvf|annual|sigkdd|rsj|siam|usenix|ifip|sigplan|sigsoft|sigact|eurographics|ras|iapr|iacr)[\s/-]+)+",
    re.IGNORECASE,
)
_WORKSHOP = re.compile(r"\bworkshops?\b|(?<=\w)\s?@\s?[A-Z]|\btutorials?\b", re.IGNORECASE)
_EVENT = re.compile(r"\b(?:proceedings|proc\.|conf(?:erence|\.)|symposium|workshops?|congress|meeting)", re.IGNORECASE)
# companion volumes, whose papers are not those of the conference
_COMPANION = re.compile(
    r"\bcompanion\b|\badjunct\b|\bextended abstracts\b|\bdoctoral consortium\b|\bsupplement", re.IGNORECASE
)
# an acronym has two capitals at least: ``NeurIPS``, ``CVPR-W``
_CAPITALS = r"(?=[A-Za-z0-9*/&-]*[A-Z][A-Za-z0-9*/&-]*[A-Z])[A-Z0-9][A-Za-z0-9*&-]{1,15}(?:[/-][A-Z][A-Za-z]{1,12})?"
_SHORT_YEAR = r"\s*[-'’]?\s?(?:(?:19|20)?[0-9]{2})\b"
# ``(ICML)``, ``(ICML '24)``; ``, ICML 2024`` and ``– ECCV 2024``; ``ICML'24`` at the start
_ACRONYM = re.compile(
    rf"\(({_CAPITALS})(?:{_SHORT_YEAR})?\)|"
    rf"(?:^|[,:;.] |[-–—] )({_CAPITALS}|[A-Z][a-z]+[A-Z]?[A-Za-z]*){_SHORT_YEAR}(?=$|[,:;.) -])"
)
_ACRONYM_BEFORE = re.compile(rf"^{_CAPITALS}{_SHORT_YEAR}\s*[:,–—-]\s+(?=\w+\W+\w+\W+\w+)")
_ACRONYM_AT_END = re.compile(rf"(?:^|[,:;.] |[-–—] |\b[Oo]f (?:[Tt]he )?)({_CAPITALS})(?: Conference)?$")
# ``IJCAI International Joint Conference on …``
_ACRONYM_AND_NAME = re.compile(
    rf"{_CAPITALS}\s+(?=(?:international|annual|conference|joint|european|asian)\b)", re.IGNORECASE
)
_PART_END = re.compile(r"(?:(?<!\s)\s+)?[,;:]\s+|(?<!\s)\s+[-–—]+\s+|\.\s+(?=[A-Z])")
_MAX_PARTS = 12  # parts of an overlong name to look up
_STOP = frozenset("the of on in and for to a an at & und der die das".split())
# words that sources add or leave out in the name of one venue
_NOISE = frozenset(
    "annual ieee acm cvf sigkdd rsj siam usenix ifip sigplan sigsoft sigact ras iapr int int'l international intl "
    "proceedings proc".split()
)
_SOCIETIES = frozenset("ieee acm siam usenix ifip".split())
# words that names of different venues share, so they prove nothing
_GENERIC = frozenset(
    "conference conferences symposium meeting workshop workshops congress annual international joint proceedings "
    "society association transactions journal advances research european asian american national world".split()
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.?"
# ``June 3-7``, ``12–14 May``
_DATE = re.compile(rf"\b{_MONTH}\s*[0-9]|[0-9]\s*{_MONTH}\b|^\s*{_MONTH}$|^[0-9\s/–-]+$", re.IGNORECASE)
_EVENT_END = re.compile(
    r"^(?:virtual(?: event| conference| only)?|online|proceedings.*|part [IVX0-9]+|revised.*papers.*)$", re.I
)
# Places at the end of a name. They change every year.
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
    """Remove the parts of a venue's name that change every year: proceedings, ordinals, years, brackets."""
    # The order matters: a trailing number or ``proceedings`` only shows once years and volumes are gone.
    text = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", name)
    text = _PROCEEDINGS.sub("", " ".join(text.split()))
    text = _VOLUME.sub("", _YEAR.sub(" ", _ORDINAL.sub(" ", text)))
    text = _NUMBER_AT_END.sub("", " ".join(text.split()).rstrip(" ,.:;-–"))
    text = _PROCEEDINGS.sub("", text)
    return re.sub(r"^the ", "", text.strip(" ,.:;-–—&"), flags=re.IGNORECASE).strip(" ,.:;-–—&")


def without_sponsors(name: str) -> str:
    """The core of a name without the leading societies: ``IEEE/CVF Conference on …``."""
    return _SPONSORS.sub("", core_of(name))


def words_of(name: str) -> list[str]:
    """The significant words of a name's core in lower case: no articles, prepositions, societies or ``annual``."""
    words = [word.strip(".,:;'’\"") for word in re.split(r"[\s/–—-]+", core_of(name).lower())]
    significant = [word for word in words if word and word not in _STOP]
    bare = [word for word in significant if word not in _NOISE]
    return bare if len(bare) > 1 else significant


def societies_of(name: str) -> frozenset[str]:
    """The societies that a name states."""
    return _SOCIETIES & set(re.split(r"[^a-z]+", name.lower()))


def key_of(name: str) -> str:
    """A key that spellings of one venue share: letters and digits of the significant words; '' if there are none."""
    return folded("".join(words_of(name))) or folded(name)


def venue_candidates(name: str) -> Iterator[str]:
    """Yield the parts of a name that may be a venue's: from the start to each comma, longest first; then each part."""
    bare = _PROCEEDINGS.sub("", re.sub(r"\([^()]*\)", "", name))
    parts = [part for part in _PART_END.split(bare)[:_MAX_PARTS] if part.strip()]
    if match := _ACRONYM_AND_NAME.match(bare):
        yield bare[match.end() :]
    for count in range(len(parts) - 1, 0, -1):
        if count > 1 or len(parts[0].split()) > 1 or re.fullmatch(_CAPITALS, parts[0]):
            yield ", ".join(parts[:count])
    yield from (part for part in parts[1:] if len(part.split()) > 2)


def dated_acronyms(name: str) -> Iterator[str]:
    """Yield the acronyms in brackets or next to a year, as in ``(ICML 2024)``, in order."""
    for match in _ACRONYM.finditer(name):
        yield match[1] or match[2]


def acronyms(name: str) -> Iterator[str]:
    """Yield all acronyms that may belong to a name: the dated ones, and one at the end."""
    yield from dated_acronyms(name)
    if at_end := _ACRONYM_AT_END.search(_YEAR.sub("", name).strip(" ,.")):
        yield at_end[1]


def is_event(venue_name: VenueName) -> bool:
    """Whether a name is that of a meeting, not of a journal or book. Meetings have ordinals, places and dates."""
    return venue_name.kind is not VenueKind.JOURNAL and bool(
        venue_name.kind in (VenueKind.CONFERENCE, VenueKind.WORKSHOP) or _EVENT.search(venue_name.name)
    )


def is_workshop(venue_name: VenueName) -> bool:
    """Whether a name is that of a workshop, as opposed to its conference."""
    return venue_name.kind is VenueKind.WORKSHOP or bool(_WORKSHOP.search(venue_name.name))


def is_companion(venue_name: VenueName) -> bool:
    """Whether a name is that of a companion volume or workshop, whose acronym belongs to another venue."""
    return is_workshop(venue_name) or bool(_COMPANION.search(venue_name.name))


def without_workshop(name: str) -> str:
    """The conference name in ``CVPR Workshops`` or ``Workshops at the …``; '' for other names."""
    text = re.sub(r"\([^()]*\)", " ", name)
    bare = re.sub(r"\bworkshops?\b(?:\s+(?:at|of|in)\b)?(?:\s+the\b)?", " ", text, flags=re.IGNORECASE)
    return " ".join(bare.split()) if bare != text else ""


def shares_a_word(name: str, known: tuple[str, ...]) -> bool:
    """Whether a name may mean one of ``known``: without acronyms, it shares a significant word or has none."""
    words = _significant(_ACRONYM_AT_END.sub(" ", _ACRONYM.sub(" ", name)))
    if re.search(r"\btrack\b", name, re.IGNORECASE):
        return True
    return not words or bool(words & {word for other in known for word in _significant(other)})


def _significant(name: str) -> set[str]:
    # Five letters equate inflections and abbreviations: ``learning`` and ``learn.``
    return {word[:5] for word in words_of(name) if len(word) > 2 and word not in _GENERIC}


def new_series_name(venue_name: VenueName) -> str:
    """Return the name for a new series: the core without place, date and the rest. A book keeps its full title."""
    if not is_event(venue_name):
        return re.sub(r"(?:(?<!\s)\s+)?\((?:19|20)[0-9]{2}\)$|^(?:in:? )", "", venue_name.name).strip(" ,;:")
    name = _ACRONYM_BEFORE.sub("", venue_name.name)
    # A dated acronym becomes a part of its own, with any year: the loop below then ends the name there.
    text = _ACRONYM.sub(lambda match: f", {match[1] or match[2]} 2000" if match[2] else " ", name)
    parts = [part.strip() for part in re.split(r",\s+", text)]
    name_parts = parts[:1]
    has_end = False
    for part in parts[1:]:
        if re.fullmatch(rf"{_CAPITALS}{_SHORT_YEAR}", part) or _DATE.search(part) or _EVENT_END.match(part):
            has_end = True
            break
        if _YEAR.fullmatch(part.strip(" .")):
            has_end = True
            break
        name_parts.append(part)
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
    return len(short) == len(full) and all(map(_abbreviates, short, full))


def _abbreviates(short: str, full: str) -> bool:
    if full.startswith(short):
        return True
    letters = iter(full)
    return short[:1] == full[:1] and len(short) > 2 and all(letter in letters for letter in short)
