"""Fields and editions added to YAML files of people."""

from generator.model.entities import Edition
from generator.store.yaml_edit import with_editions, with_fields
from generator.store.yaml_file import read

ORDER = ("title", "authors", "doi", "links", "added")
TEXT = "# A comment\ntitle: 'Cats'  # kept\nauthors: [Ada]\n\n# before links\nlinks:\n    pdf: https://a.example/x\n"


def test_a_field_comes_after_the_one_that_precedes_it_and_other_lines_stay() -> None:
    text = with_fields(TEXT, {"doi": "10.1/x"}, ORDER)
    assert text == TEXT.replace("authors: [Ada]\n", 'authors: [Ada]\ndoi: "10.1/x"\n')


def test_a_first_field_comes_below_the_comments_at_the_top() -> None:
    text = with_fields("# A comment\nadded: 2025-01-02\n", {"title": "Cats"}, ORDER)
    assert text == "# A comment\ntitle: Cats\nadded: 2025-01-02\n"


def test_links_are_added_to_the_mapping_with_its_indentation() -> None:
    text = with_fields(TEXT, {"links": {"code": "https://a.example/code"}}, ORDER)
    assert text == f"{TEXT}    code: https://a.example/code\n"


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    text = with_fields("\ufefftitle: Cats\r\nadded: 2025-01-02", {"doi": "10.1/x"}, ORDER)
    assert text == '\ufefftitle: Cats\r\ndoi: "10.1/x"\r\nadded: 2025-01-02'
    at_end = with_fields("title: Cats", {"added": "2025-01-02"}, ORDER)
    assert at_end == "title: Cats\nadded: 2025-01-02\n"


def test_a_field_that_exists_or_a_form_that_cannot_be_edited_gives_none() -> None:
    assert with_fields(TEXT, {"title": "Dogs"}, ORDER) is None
    assert with_fields("title: Cats\nlinks: {}\n", {"links": {"pdf": "https://a.example/"}}, ORDER) is None
    assert with_fields("{title: Cats}", {"doi": "10.1/x"}, ORDER) is None
    assert with_fields("title: 'Cats\n", {"doi": "10.1/x"}, ORDER) is None
    assert with_fields("{}\n", {"doi": "10.1/x"}, ORDER) is None


def test_an_edition_comes_before_the_first_older_one() -> None:
    known = (Edition(id="conf-2026", year=2026), Edition(id="conf-2024", year=2024))
    text = (
        "name: Conf\neditions:\n- id: conf-2026\n  year: 2026\n- id: conf-2024\n  year: 2024\nurl: https://c.example/\n"
    )
    added = with_editions(text, known, [Edition(id="conf-2025", year=2025), Edition(id="conf")])
    assert added is not None
    raw = read(added).raw
    assert raw is not None
    editions = raw["editions"]
    assert isinstance(editions, list)
    assert [edition["id"] for edition in editions if isinstance(edition, dict)] == [
        "conf-2026",
        "conf-2025",
        "conf-2024",
        "conf",
    ]
    assert added.endswith("url: https://c.example/\n")


def test_the_first_edition_starts_the_list() -> None:
    text = with_editions("name: Conf\nkind: conference\n", (), [Edition(id="conf-2025", year=2025)])
    assert text == "name: Conf\nkind: conference\neditions:\n- id: conf-2025\n  year: 2025\n"
