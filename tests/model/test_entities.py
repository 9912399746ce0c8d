"""Records that papers refer to, as files give them."""

from generator.codec.decode import decode, encode
from generator.model.entities import Institution, Person, Series, Topic, VenueKind


def test_an_edition_may_lack_its_year() -> None:
    raw = {"id": "conf", "name": "Conf", "kind": "conference", "editions": [{"id": "conf-old"}]}
    series, faults = decode(Series, raw)  # type: ignore[arg-type]
    assert faults == []
    assert series is not None
    assert (series.kind, series.editions[0].year) == (VenueKind.CONFERENCE, None)
    assert encode(series) == raw


def test_topics_have_order_zero_unless_they_state_one() -> None:
    topic, _ = decode(Topic, {"id": "cats", "name": "Cats"})
    assert topic is not None
    assert topic.order == 0
    assert decode(Topic, {"id": "cats", "name": "Cats", "order": "-1"})[1][0].code == "E203"


def test_identifiers_of_people_and_institutions_are_checked() -> None:
    wrong = {"id": "ada", "name": "Ada", "orcid": "0000-0002-1825-0098"}  # another check digit
    assert decode(Person, {**wrong, "orcid": "0000-0002-1825-0097"})[1] == []
    assert [fault.code for fault in decode(Person, {**wrong})[1]] == ["E210"]
    assert [fault.code for fault in decode(Institution, {"id": "agh", "name": "AGH", "ror": "x"})[1]] == ["E218"]
