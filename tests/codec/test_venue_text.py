"""Names of venues in the words of their sources."""

import pytest

from generator.codec.venue_text import (
    abbreviates,
    acronyms,
    core_of,
    is_workshop,
    new_series_name,
    societies_of,
    venue_key,
)
from generator.model.entities import VenueKind, VenueName


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("Proceedings of the 41st International Conference on Cats", "International Conference on Cats"),
        ("The Twenty-First Symposium on Dogs, 2024", "Symposium on Dogs"),
        ("In: Proceedings of the Conference on Cats (CoC 2024)", "Conference on Cats"),
        ("Journal of Cats, Vol. 12, No. 3", "Journal of Cats"),
        ("Symposium on Dogs Proceedings, Part II", "Symposium on Dogs"),
    ],
)
def test_parts_that_change_every_year_are_removed(name: str, core: str) -> None:
    assert core_of(name) == core


def test_spellings_of_one_venue_have_one_key() -> None:
    spellings = ("Proceedings of the 3rd IEEE Conference on Cats", "Conference on Cats 2024", "The Conference on Cats")
    assert len({venue_key(name) for name in spellings}) == 1
    assert societies_of("IEEE/ACM Conference on Cats") == {"ieee", "acm"}


def test_acronyms_are_in_brackets_next_to_a_year_or_at_the_end() -> None:
    assert list(acronyms("Conference on Cats (CoCAT 2024)")) == ["CoCAT"]
    assert set(acronyms("Conference on Cats, CAT'24")) == {"CAT"}
    assert list(acronyms("Proceedings of the CAT")) == ["CAT"]
    assert list(acronyms("Conference on Cats")) == []


def test_a_new_series_has_no_place_and_no_date_in_its_name() -> None:
    name = "5th Conference on Cats, CAT 2024, Vienna, Austria, May 3-5, 2024"
    meeting = VenueName(name=name, kind=VenueKind.CONFERENCE)
    assert new_series_name(meeting) == "Conference on Cats"
    book = VenueName(name="Cats of Vienna, Austria", kind=VenueKind.JOURNAL)
    assert new_series_name(book) == "Cats of Vienna, Austria"
    assert is_workshop(VenueName(name="Workshop on Cats at CAT 2024", kind=VenueKind.OTHER))


def test_words_are_abbreviated_by_their_beginnings_or_letters() -> None:
    assert abbreviates(["mach", "learn"], ["machine", "learning"])
    assert abbreviates(["lrng"], ["learning"])
    assert not abbreviates(["mach"], ["machine", "learning"])
    assert not abbreviates(["dogs"], ["learning"])
