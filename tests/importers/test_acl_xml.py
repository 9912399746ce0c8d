"""Collections of the ACL Anthology: ids, tracks, names and notices."""

import pytest

from generator.importers import acl_xml
from generator.importers.raw_paper import Options


@pytest.mark.parametrize("depth", [3, 1200, 50_000])
def test_text_of_xml_is_read_at_any_depth(depth: int) -> None:
    title = f"a{'<b>' * depth}b <tex-math>n</tex-math>{'</b>' * depth}c"
    text = (
        f'<collection id="1"><volume id="1"><meta/><paper id="1"><title>{title}</title></paper></volume></collection>'
    )
    assert acl_xml.read(text, Options(origin="x")).papers[0].fields["title"] == "ab $n$c"


def _volume(collection: str, volume: str, paper: str, meta: str = "") -> str:
    return (
        f'<collection id="{collection}"><volume id="{volume}"><meta>{meta}<year>2018</year></meta>'
        f'<paper id="{paper}"><title>Ropes</title><author><first>Ada</first><last>Van Reef</last></author>'
        '<award>Best Paper</award><retracted date="2020-05-06">Wrong knots.</retracted></paper></volume></collection>'
    )


@pytest.mark.parametrize(
    ("collection", "volume", "paper", "acl"),
    [
        ("2022.acl", "long", "1", "2022.acl-long.1"),
        ("P18", "1", "12", "P18-1012"),
        ("W17", "23", "4", "W17-2304"),
        ("D19", "4", "1", "D19-4001"),
        ("D19", "50", "1", "D19-5001"),
    ],
)
def test_the_id_of_a_paper_is_that_of_the_anthology(collection: str, volume: str, paper: str, acl: str) -> None:
    parsed = acl_xml.read(_volume(collection, volume, paper), Options(origin="o"))
    assert parsed.papers[0].fields["acl"] == acl


@pytest.mark.parametrize(("volume", "paper"), [("²", "1"), ("1", "²"), ("1", "9" * 5000)])
def test_an_id_that_is_no_number_is_read(volume: str, paper: str) -> None:
    (record,) = acl_xml.read(_volume("P18", volume, paper), Options(origin="o")).papers
    assert "acl" not in record.fields


@pytest.mark.parametrize(
    ("collection", "volume", "title", "track"),
    [
        ("2022.acl", "short", "Proceedings", "short"),
        ("2022.findings", "acl", "Findings of the Conference", "findings"),
        ("P18", "1", "Proceedings (Volume 1: Long Papers)", "long"),
        ("P18", "5", "Proceedings: Tutorial Abstracts", "tutorial"),
        ("2022.acl", "main", "Proceedings", None),
    ],
)
def test_the_track_is_that_of_the_volume(collection: str, volume: str, title: str, track: str | None) -> None:
    text = _volume(collection, volume, "1", f"<booktitle>{title}</booktitle><venue>acl</venue>")
    assert acl_xml.read(text, Options(origin="o")).papers[0].fields.get("track") == track


def test_names_awards_and_notices_are_imported() -> None:
    fields = acl_xml.read(_volume("2022.acl", "long", "1"), Options(origin="o")).papers[0].fields
    assert fields["authors"] == [{"name": "Ada Van Reef", "family": "Van Reef"}]
    assert fields["awards"] == ["Best Paper"]
    assert (fields["status"], fields["status_date"]) == ("retracted", "2020-05-06")
