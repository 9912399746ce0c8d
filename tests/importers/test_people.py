"""Author lists of records: names without marks, and a report of what was dropped."""

import pytest

from generator.importers.people import AuthorList, Dropped, RecordAuthor, author_list


def _read(*names: str) -> AuthorList:
    return author_list(RecordAuthor(name=name) for name in names)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ada Byron*", "Ada Byron"),
        ("Ada Byron1,2", "Ada Byron"),
        ("Ada Byron ∗†", "Ada Byron"),
        ("Ada Byron 0001", "Ada Byron"),
    ],
)
def test_footnote_marks_are_removed_from_names_and_reported(written: str, name: str) -> None:
    people = _read(written)
    assert people.authors == [name]
    assert people.dropped == [Dropped("mark in a name", written)]
    assert not people.incomplete


def test_a_mail_address_and_an_orcid_are_removed_from_a_name() -> None:
    people = _read("Ada Byron <ada@example.org>", "Bo Cay (orcid: 0000-0002-1825-0097)")
    assert people.authors == ["Ada Byron", {"name": "Bo Cay", "orcid": "0000-0002-1825-0097"}]


def test_others_and_placeholders_make_the_list_incomplete() -> None:
    people = _read("Ada Byron", "others")
    assert (people.authors, people.incomplete) == (["Ada Byron"], True)
    people = _read("Anonymous", "Ada Byron")
    assert (people.authors, people.incomplete) == (["Ada Byron"], True)
    assert [dropped.kind for dropped in people.dropped] == ["placeholder author"]
    assert _read("12", "Ada Byron").dropped == [Dropped("author without letters", "12")]


def test_affiliation_orcid_and_family_name_are_imported() -> None:
    author = RecordAuthor(
        name="Ada King Byron",
        family="King Byron",
        affiliations=("A", " ", "B"),
        orcid="https://orcid.org/0000-0002-1825-0097/",
    )
    (fields,) = author_list([author]).authors
    assert fields == {
        "name": "Ada King Byron", "family": "King Byron", "affiliation": ["A", "B"], "orcid": "0000-0002-1825-0097",
    }  # fmt: skip
