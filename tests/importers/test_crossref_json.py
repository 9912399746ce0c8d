"""Works of Crossref: lists, retractions, containers and links."""

import json

import pytest

from generator.importers import crossref_json
from generator.importers.raw_paper import Options, Parsed

OPTIONS = Options(origin="o")


def _read(**work: object) -> Parsed:
    message = {"DOI": "10.5555/ropes", "type": "journal-article", "title": ["Ropes"], **work}
    return crossref_json.read(json.dumps({"status": "ok", "message": message}), OPTIONS)


def test_one_work_and_a_list_of_works_are_recognized() -> None:
    work = {"DOI": "10.5555/ropes", "title": ["Ropes"]}
    for message in (work, {"items": [work, {**work, "DOI": "10.5555/knots"}]}):
        text = json.dumps({"message": message})
        assert crossref_json.recognizes(text)
        assert len(crossref_json.read(text, OPTIONS).papers) == len(message.get("items", [work]))
    assert not crossref_json.recognizes(json.dumps([work]))


@pytest.mark.parametrize(("kind", "status"), [("retraction", "retracted"), ("removal", "removed"), ("erratum", None)])
def test_a_registered_retraction_is_the_status(kind: str, status: str | None) -> None:
    update = {"type": kind, "label": "Notice", "DOI": "10.5555/notice", "updated": {"date-parts": [[2024, 5, 6]]}}
    parsed = _read(**{"updated-by": [update]})
    fields = parsed.papers[0].fields
    assert fields.get("status") == status
    assert fields.get("status_date") == (status and "2024-05-06")
    assert [unread.kind for unread in parsed.unread] == ([] if status else ["field updated-by"])


def test_the_title_of_a_volume_comes_after_its_series() -> None:
    parsed = _read(**{"type": "proceedings-article", "container-title": ["Lecture Notes in Ropes", "Knots 2024"]})
    assert parsed.papers[0].venue is not None
    assert parsed.papers[0].venue.name == "Knots 2024"
    assert [(unread.kind, unread.text) for unread in parsed.unread] == [
        ("another container-title", "Lecture Notes in Ropes")
    ]


def test_the_address_of_the_doi_is_no_link() -> None:
    assert "links" not in _read(URL="https://doi.org/10.5555/ropes").papers[0].fields
    assert _read(URL="https://a.example/ropes").papers[0].fields["links"] == {"page": "https://a.example/ropes"}
