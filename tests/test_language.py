"""The site's own words: every text is in each language's file, and a site in German has no English left."""

import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.policy import default
from itertools import chain
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from selectolax.lexbor import LexborHTMLParser

from generator.build.output import write_exactly
from generator.exports.script_words import FILE, script_files, script_texts
from generator.mail.message import MailWriter
from generator.model.catalog import Catalog
from generator.model.period import Length, papers_in_period, period_of
from generator.model.problem import Problem
from generator.model.settings import Settings
from generator.pages.all import all_pages
from generator.starter.answers import Answers
from generator.starter.texts import digest_files, new_topics
from generator.store.language_file import read_words
from generator.store.settings_file import read_settings
from generator.text.words import ENGLISH, Words, unsafe_character
from tests.conftest import ROOT, leads_on
from tests.support.language_files import HEAD, theme_with, valid_texts
from tools.translations import FOLDER, TEMPLATE, template_file, texts, untranslated_catalog, updated_language

FILES = sorted(FOLDER.glob("*.po"))
_PLACES = re.compile(r"\{.*?\}")
POLISH = HEAD.replace(
    "nplurals=2; plural=(n != 1)",
    "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)",
)


# --- the files ---------------------------------------------------------------------------------------------------


def test_every_text_is_listed() -> None:
    assert TEMPLATE.read_bytes() == template_file(), "run make languages"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_language_has_every_text_and_no_other(path: Path) -> None:
    assert path.read_bytes() == updated_language(path.read_bytes()), "run make languages, then translate what is new"
    with path.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    assert [
        m.id for m in messages if m.fuzzy or not all([m.string] if isinstance(m.string, str) else m.string or [])
    ] == []
    assert isinstance(read_words(ROOT / "theme", path.stem), Words)


def test_every_text_may_stand_anywhere() -> None:
    assert [text for text in texts() if unsafe_character(text.text) or unsafe_character(text.plural)] == []


def test_what_is_said_is_found_wherever_it_is_said() -> None:
    """A text of each kind of source; else the tests above would find nothing missing."""
    paths = {text.text: text.path for text in texts()}
    assert paths["Related papers"] == "theme/pages/paper.md.j2"
    assert paths["More pages"] == "theme/overrides/partials/digest-footer.html"
    assert paths["Clear all filters"] == f"theme/overrides/{FILE}"
    assert paths["Conferences"] == "generator/pages/venues.py"
    assert {"Unsubscribe", "This page has moved:", "Home"} <= set(paths)
    assert any(message.pluralizable for message in untranslated_catalog() if message.id)


# --- what is said ------------------------------------------------------------------------------------------------


def test_scripts_speak_a_language_with_more_than_two_forms(tmp_path: Path, german: Settings) -> None:
    """Browsers know plural forms by categories, gettext by numbers."""
    text = 'msgid "1 paper found"\nmsgid_plural "{count} papers found"\n' + "".join(
        f'msgstr[{number}] "{{count}} {form}"\n' for number, form in enumerate(("praca", "prace", "prac"))
    )
    words = valid_texts(theme_with(tmp_path, POLISH + text, "pl"), "pl")
    (page,) = script_files(replace(german, language="pl", words=words), ROOT / "theme")
    script_words = script_texts(page.text)
    assert page.path == FILE
    assert 'PluralRules("pl")' in page.text
    assert script_words["status.found.one"] == "{count} praca"
    assert script_words["status.found.few"] == "{count} prace"
    assert script_words["status.found.many"] == script_words["status.found"] == "{count} prac"
    assert script_words["copy.do"] == "Copy"
    assert list(script_files(replace(german, language="en", words=ENGLISH), ROOT / "theme")) == []


# --- a site in German --------------------------------------------------------------------------------------------


def _phrases(page: Path) -> set[str]:
    """The pieces of text that a page shows or tells in attributes, outside what an entry says."""
    tree = LexborHTMLParser(page.read_text("utf-8"))
    for node in tree.css(
        "script, style, .card-title, .version:not([lang=de]), .version > p, .prose, .tldr, .card-tldr, .badge-topic, "
        ".cite dd, pre, code"
    ):
        node.decompose()
    attributes = ("aria-label", "title", "placeholder", "alt")
    values = {node.attributes[name] or "" for name in attributes for node in tree.css(f"[{name}]")}
    described = {node.attributes["content"] or "" for node in tree.css('meta[name="description"]')}
    shown = {node.text(deep=False) for node in tree.css("body *, title")}
    return {" ".join(text.split()) for text in values | described | shown}


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    patterns = (re.sub(r"\\\{[a-z_]+\\\}", "(.+?)", re.escape(text.strip())) for text in phrases)
    return re.compile("|".join(patterns))


def test_a_german_site_has_no_english_of_its_own(german: Settings, german_site: Path) -> None:
    words = german.words
    wordings = {text: words.wording(text) for entry in texts() for text in (entry.text, entry.plural)}
    translated = {text: own for text, own in wordings.items() if own != text}
    other = {text: own for text, own in translated.items() if re.search("[a-z]{2}", _PLACES.sub("", text))}
    english, ours = _any_of(other), _any_of(other.values())
    by_hand = {german_site / page / "index.html" for page in ("about", "contribute")}
    pages = [page for page in german_site.rglob("*.html") if not leads_on(page) and page not in by_hand]
    phrases = {text for page in pages for text in _phrases(page)}
    assert {text for text in phrases if english.fullmatch(text)} == set()
    assert len({text for text in phrases if ours.fullmatch(text)}) > 150
    assert 'lang="de"' in (german_site / "404.html").read_text("utf-8")


def test_feeds_files_and_redirects_speak_german(german_site: Path) -> None:
    def text(path: str) -> str:
        return (german_site / path).read_text("utf-8")

    assert "<h2>Warum das wichtig ist</h2>".replace("<", "&lt;").replace(">", "&gt;") in text("feed.xml")
    assert "Korrekturen an den Texten von Spielsammlung." in text("corrections/feed.xml")
    assert "## Zusammenfassung" in text("papers/oconnor2025cats/index.md")
    assert "## Neueste Arbeiten" in text("llms.txt")
    assert '<outline text="Themen">' in text("feeds.opml")
    moved = [page for page in german_site.rglob("*.html") if leads_on(page)]
    assert moved
    assert "Diese Seite ist umgezogen:" in moved[0].read_text("utf-8")
    assert "Von einem Sprachmodell" in text("papers/oconnor2025cats/index.json")


def test_mail_speaks_german(toy: Catalog, german: Settings) -> None:
    settings = replace(german, mail_from="a@toy.example", mail_unsubscribe="https://toy.example/off?{address}")
    week = period_of(Length.WEEK, date(2025, 5, 2), settings.words)
    writer = MailWriter(toy, settings, ROOT / "theme")
    message = message_from_bytes(writer.message(week, papers_in_period(toy, week), "b@toy.example"), policy=default)
    assert re.fullmatch(r"Spielsammlung, 28\. April bis 4\. Mai 2025: 1 Arbeit", message["Subject"])
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        assert part is not None
        body = part.get_content()
        assert "Abbestellen" in body
        assert "1 Arbeit, in einem Satz erklärt." in body
        assert "Maßgeblich sind die Arbeiten selbst." in " ".join(body.split())


def test_a_digest_begun_in_german_has_german_pages(german: Settings) -> None:
    answers = Answers(
        name="Papierkorb", description="Forschung.", address="https://p.example/", repository="", day="2026-04-23",
        languages=("de",), words=german.words,
    )  # fmt: skip
    begun = digest_files(answers)
    assert begun["content/pages/about.md"].startswith("# Über diese Sammlung")
    assert begun["content/pages/contribute.md"].startswith("# Mitmachen")
    assert '\n  language: "de"\n' in begun["mkdocs.yml"].partition("\ntheme:\n")[2]
    assert "Auf jeder Seite steht, wer ihren Text geschrieben hat" in begun["mkdocs.yml"]
    assert [topic.name for topic in new_topics(answers)] == [{"": "Informationstheorie"}]
    french = digest_files(replace(answers, languages=("fr",), words=ENGLISH))
    assert french["content/pages/about.md"].startswith("# About this digest")


def test_plain_mkdocs_speaks_german_too(toy: Catalog, german: Settings, german_site: Path, tmp_path: Path) -> None:
    """The theme finds its words on the home page, whoever builds."""
    config, site = german_site.parent / "mkdocs.yml", tmp_path / "plain"
    pages = chain(all_pages(toy, german, ROOT / "theme"), script_files(german, ROOT / "theme"))
    write_exactly(pages, german_site.parent / "docs")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", str(config), "-d", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    paths = sorted(path.relative_to(site) for kind in ("*.html", "*.js") for path in site.rglob(kind))
    paths = [  # unused scripts of the theme are left out
        path for path in paths if path.suffix == ".html" or (german_site / path).exists()
    ]
    assert [p for p in paths if (site / p).read_bytes() != (german_site / p).read_bytes()] == []


@pytest.mark.parametrize(
    ("ours", "theirs", "same"), [("de", "de", True), ("de", "en", False), ("en", "de", False), ("de", "", False)]
)
def test_the_theme_and_the_generator_are_told_one_language(tmp_path: Path, ours: str, theirs: str, same: bool) -> None:
    theme = f"theme:\n  name: material\n{f'  language: {theirs}' if theirs else ''}\n"
    (tmp_path / "mkdocs.yml").write_text(f"extra:\n  language: {ours}\n{theme}", "utf-8")
    settings = read_settings(tmp_path)
    if same:
        assert isinstance(settings, Settings)
    else:
        assert isinstance(settings, Problem)
        assert (settings.code, settings.line) == ("E116", 5 if theirs else 3)
