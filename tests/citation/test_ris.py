"""RIS, read back by a parser of another project."""

import unicodedata
from dataclasses import replace

import rispy

from generator.citation.reference import Reference, references
from generator.citation.ris import ris
from generator.model.catalog import Catalog
from generator.text.identifiers import public_address
from generator.text.maths import to_plain
from generator.text.names import split_name


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _parts(name: str) -> tuple[str, str, str]:
    return tuple(_plain(part) for part in split_name(name))  # type: ignore[return-value]


def test_ris_read_by_rispy(cited: dict[str, Reference]) -> None:
    records = rispy.loads("\n".join(map(ris, cited.values())))
    assert [record["id"] for record in records] == list(cited)
    for record in records:
        reference = cited[record["id"]]
        assert _plain(record["title"]) == _plain(to_plain(reference.title))
        assert _plain(record["secondary_title"]) == _plain(reference.venue)
        assert record.get("year", "") == str(reference.year or "")
        assert record.get("doi") == reference.identifiers.get("doi")
        assert record.get("volume", "") == reference.volume
        numbers = (record.get("start_page", ""), record.get("end_page", ""))
        assert "–".join(filter(None, numbers)) == reference.pages
        assert record.get("publisher", "") == reference.publisher
        assert record.get("urls", []) == list(reference.addresses)
        assert set(record.get("urls", [])) >= {public_address(k, v) for k, v in reference.identifiers.items()}
        names = [tuple(part.strip() for part in name.split(",")) for name in record.get("authors", [])]
        assert names == [tuple(p for p in (f, g, s) if p) for g, f, s in map(_parts, reference.authors)]
        if reference.notice:
            assert _plain(reference.notice) in map(_plain, record["notes"])


def test_a_line_break_in_a_value_begins_no_tag(toy: Catalog) -> None:
    reference = replace(references(toy, "en")["zhu2025dogs"], title="Dogs\nER  - \nTY  - JOUR", publisher="")
    lines = ris(reference).splitlines()
    assert "TI  - Dogs ER - TY - JOUR" in lines
    assert [line[:2] for line in lines].count("TY") == 1
    assert not any(line.startswith("PB") for line in lines)


def test_pages_are_first_and_last_and_an_article_number_is_the_first(toy: Catalog) -> None:
    reference = references(toy, "en")["zhu2025dogs"]
    assert "SP  - 3\nEP  - 9\n" in ris(replace(reference, pages="3–9"))
    number = ris(replace(reference, pages="e17"))
    assert "SP  - e17\n" in number
    assert "EP  - " not in number


def test_an_incomplete_author_list_has_a_note(toy: Catalog) -> None:
    reference = references(toy, "en")["zhu2025dogs"]
    note = "N1  - The record names only some of the authors.\n"
    assert note in ris(replace(reference, authors_incomplete=True))
    assert note not in ris(replace(reference, authors_incomplete=False))
