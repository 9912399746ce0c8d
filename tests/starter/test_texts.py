"""The first files of a digest: texts, venues, topics and an example."""

import re
from dataclasses import replace

from generator.model.record import RawRecord
from generator.starter.texts import digest_files, example_entry, new_series, new_topics
from generator.text.color import DARK, LIGHT
from tests.conftest import ROOT
from tests.support.new_digest import ANSWERS


def test_own_style_sets_properties_of_the_theme() -> None:
    theme = (ROOT / "theme/overrides/assets/stylesheets/digest.css").read_text("utf-8")
    own = (ROOT / "generator/starter/files/own.css").read_text("utf-8")
    assert re.findall(r"(--[a-z]+):", own)
    for name in re.findall(r"(--[a-z]+):", own):
        assert f"var({name})" in theme, name
    assert f"--paper: light-dark({LIGHT}, {DARK})" in theme


def test_a_venue_may_have_a_year() -> None:
    series = {item.name: item for item in new_series(replace(ANSWERS, example=False))}
    assert [(edition.id, edition.year) for edition in series["ICLR"].editions] == [("iclr-2026", 2026)]
    assert [edition.year for edition in series["Some Journal"].editions] == [None]


def test_the_example_brings_its_venue_and_topic_unless_they_are_there() -> None:
    assert [item.id for item in new_series(replace(ANSWERS, venues=()))] == ["bell-system-technical-journal"]
    assert [topic.id for topic in new_topics(replace(ANSWERS, topics=()))] == ["information-theory"]
    topics = list(new_topics(replace(ANSWERS, topics=("Information Theory", "!"))))
    assert [topic.id for topic in topics] == ["information-theory"], "a name without letters makes no topic"


def test_the_example_is_in_the_languages_of_the_digest() -> None:
    raw: RawRecord = {
        field: {"en": "Text", "de": "Satz"} for field in ("tldr", "summary", "significance", "limitations")
    }
    assert example_entry(replace(ANSWERS, languages=("de",)), raw)["tldr"] == "Satz"
    assert example_entry(ANSWERS, raw)["tldr"] == {"de": "Satz", "en": "Text"}
    assert example_entry(replace(ANSWERS, languages=("fr",)), raw)["tldr"] == "Text", "English if it has none of them"


def test_answers_in_markdown_are_text() -> None:
    files = digest_files(ANSWERS)
    assert "Our *Digest*" not in files["README.md"]
    assert "{{" not in files["README.md"]
    assert files["theme/overrides/assets/stylesheets/own.css"] == (ROOT / "generator/starter/files/own.css").read_text(
        "utf-8"
    )
