"""Which edition a source means by a venue's name; what the digest does not have yet becomes a new series or edition."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.model.values import LINE_MOST, TITLE_MOST
from generator.model.venue import Edition, Series, VenueKind, VenueName
from generator.text.characters import without_forbidden
from generator.text.slug import RESERVED, folded, slugify

UNRECORDED = "unrecorded"
"""The series of papers whose venue no record tells."""

# Names in wide use that hold neither a series' short nor its full name.
_OTHER_NAMES = {
    "advancesinneuralinformationprocessingsystems": "neurips",
    "nips": "neurips",
    "corr": "arxiv",
    "arxivorg": "arxiv",
    "transactionsonmachinelearningresearch": "tmlr",
    "transactionsoftheassociationforcomputationallinguistics": "tacl",
}
_ORDINAL = re.compile(
    r"\b(?:[0-9]+(?:st|nd|rd|th)|(?:twenty|thirty|forty|fifty|sixty|seventy)(?:[- ](?:\w+(?:st|nd|rd|th)))?|\w+teenth|"
    r"twentieth|thirtieth|fortieth|fiftieth|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|"
    r"twelfth)\b",
    re.IGNORECASE,
)
_PROCEEDINGS = re.compile(r"^(?:in:? )?(?:the )?proceedings of (?:the )?", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b|['’][0-9]{2}\b")
_SPONSORS = re.compile(r"^(?:(?:ieee|acm|cvf|annual|sigkdd)[\s/-]+)+", re.IGNORECASE)
# ``(ICML)``, ``(ICML '24)``, ``(NeurIPS 2024)``; or at the end, ``, ICML 2024``
_ACRONYM = re.compile(
    r"(?:\((?=[A-Za-z]*[A-Z][A-Za-z0-9-]*[A-Z])([A-Z][A-Za-z0-9-]{1,15})(?:\s*['’]?[0-9]{2,4})?\)|"
    r", ([A-Z][A-Za-z-]{1,15})\s*['’]?[0-9]{2,4}$)"
)
_SERIES_MOST = 60


class VenueBook:
    """The series and editions of a digest, and those that sources named besides.

    ``new_series`` are series the digest lacked, ``new_editions`` years of series that it has, both by series id.
    """

    def __init__(self, series: Iterable[Series]) -> None:
        self.new_series: dict[str, Series] = {}
        self.new_editions: dict[str, list[Edition]] = {}
        self._series: dict[str, Series] = {}
        self._keys: dict[str, str] = {}
        self._editions: dict[str, str] = {}
        for each in series:
            self._enter(each)

    def edition_id(self, named: VenueName | None, year: int | None = None) -> str:
        """The id of the edition that ``named`` means; a new one is entered. ``year`` serves where there is no name."""
        if named is None:
            named = VenueName(name="Venue not recorded", year=year, short=UNRECORDED)
        series = self._find(named) or self._open(named)
        return self._edition(series, named.year)

    def series_of(self, edition_id: str) -> str:
        """The id of the series that has an edition, or ''."""
        return self._editions.get(edition_id, "")

    def _enter(self, series: Series) -> None:
        self._series[series.id] = series
        for edition in series.editions:
            self._editions[edition.id] = series.id
        for key in (folded(series.id), *spellings_of(series)):
            if key:
                self._keys.setdefault(key, series.id)

    def _find(self, named: VenueName) -> Series | None:
        for key in map(folded, _spellings(named)):
            found = self._keys.get(key) or self._keys.get(_OTHER_NAMES.get(key, ""))
            if found:
                return self._series[found]
        return None

    def _open(self, named: VenueName) -> Series:
        full = _line(core_of(named.name), TITLE_MOST) or "Unnamed venue"
        short = _line(core_of(named.short), LINE_MOST) or next(_acronyms(named), full)
        if short == UNRECORDED:
            short, series_id = full, UNRECORDED
        else:
            series_id = slugify(short, _SERIES_MOST) or "venue"
        while series_id in self._series or series_id in RESERVED:
            series_id += "-2"
        series = Series(id=series_id, name=short, full_name=full if full != short else None, kind=named.kind)
        self.new_series[series_id] = series
        self._enter(series)
        self._keys.setdefault(folded(named.name), series_id)
        return series

    def _edition(self, series: Series, year: int | None) -> str:
        same = [edition.id for edition in series.editions if edition.year == year]
        wanted = f"{series.id}-{year}" if year else series.id
        if same:
            return wanted if wanted in same else same[0]
        while wanted in self._editions:
            wanted += "-2"
        edition = Edition(id=wanted, year=year)
        grown = replace(series, editions=(*series.editions, edition))
        if series.id in self.new_series:
            self.new_series[series.id] = grown
        else:
            self.new_editions.setdefault(series.id, []).append(edition)
        self._enter(grown)
        return wanted


def spellings_of(series: Series) -> Iterator[str]:
    """What a series is called, letters and digits only: name, full name, and that without ordinal and sponsors."""
    for name in (series.name, series.full_name or "", _loosened(series.full_name or "")):
        if key := folded(name):
            yield key


def usual_id(name: str) -> str:
    """The id under which a series is widely known that is also called ``name``; '' if none is known by that name."""
    return _OTHER_NAMES.get(folded(name)) or _OTHER_NAMES.get(folded(core_of(name)), "")


def core_of(name: str) -> str:
    """A venue's name without what changes from year to year: proceedings, ordinals, years, what stands in brackets."""
    text = re.sub(r"\([^()]*\)", " ", _ACRONYM.sub(" ", name))
    text = _PROCEEDINGS.sub("", " ".join(text.split()))
    text = " ".join(_YEAR.sub(" ", _ORDINAL.sub(" ", text)).split())
    return re.sub(r"^the ", "", text, flags=re.IGNORECASE).strip(" ,.:;-–")


def _line(text: str, most: int) -> str:
    """A stranger's text as a field of one line holds it: without forbidden characters, of at most ``most``."""
    line = " ".join(without_forbidden(text).split())[:most]
    return without_forbidden(line).strip()  # the cut may leave a joiner at the end


def _loosened(name: str) -> str:
    return _SPONSORS.sub("", core_of(name))


def _spellings(named: VenueName) -> Iterator[str]:
    """What a series could be called, the most certain first."""
    yield named.name
    yield core_of(named.name)
    yield _loosened(named.name)
    yield core_of(named.short)
    yield from _acronyms(named)


def _acronyms(named: VenueName) -> Iterator[str]:
    """The acronyms in a name; none of a workshop's, which are of the conference at which it meets."""
    if named.kind is not VenueKind.WORKSHOP and "workshop" not in named.name.lower():
        yield from (match[1] or match[2] for match in _ACRONYM.finditer(named.name))
