"""The command fills an empty folder, in one step, with a digest that builds."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageColor
from selectolax.lexbor import LexborHTMLParser

from generator.commands import build, check, init
from generator.commands.build_options import BuildOptions
from generator.model.settings import Settings
from generator.starter.answers import Answers
from generator.starter.icons import draw_icons
from generator.store.settings_file import read_settings
from generator.text.color import LIGHT, palette_color, readable
from tests.conftest import ROOT
from tests.support.command import digest
from tests.support.new_digest import ANSWERS, PACKAGE, files_in


@pytest.mark.parametrize("answers", [ANSWERS, replace(ANSWERS, example=False, venues=(), topics=())])
def test_a_new_digest_has_the_answers_and_builds(
    answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "d"
    assert init.run(folder, answers, PACKAGE) == 0
    settings = read_settings(folder)
    assert isinstance(settings, Settings)
    assert (settings.name, settings.description) == (answers.name, answers.description)
    assert (settings.site_url, settings.repository) == (answers.address, answers.repository)
    assert (settings.language, settings.license, settings.contact) == ("de", "CC0-1.0", "us@ours.example")
    assert settings.tag_authority == "ours.example,2026:d"  # there may be another digest on the host
    monkeypatch.chdir(folder)
    assert check.run(Path("content"), [], "text") == 0
    assert build.run(BuildOptions(Path("content"), Path("site"), strict=True)) == 0
    home = (folder / "site/index.html").read_text("utf-8")
    assert 'href="assets/stylesheets/own.css"' in home
    assert "Our *Digest* {{ x }}" in home
    assert "written by a language model" not in home
    papers = [path.parent.name for path in (folder / "site/papers").glob("*/index.html")]
    assert papers == (["shannon1948mathematical"] if answers.example else [])


def test_a_new_digest_contains_nothing_of_this_one(tmp_path: Path) -> None:
    assert init.run(tmp_path / "d", ANSWERS, PACKAGE) == 0
    files = files_in(tmp_path / "d")
    for path, data in files.items():
        if not path.startswith(("wheels/", "requirements", "theme/")):
            assert b"paper-digest.example" not in data, path
            links = data.replace(b"https://github.com/paper-digest/paper-digest/blob/main/docs/", b"")
            assert b"paper-digest/paper-digest" not in links, f"{path} links to more than the documentation"
    ours = {path.stem for path in (ROOT / "content/papers").rglob("*.yaml")}
    assert not ours & {Path(path).stem for path in files}
    assert "tests.yml" not in str(sorted(files))


def test_a_folder_with_files_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("x", "utf-8")
    assert init.run(tmp_path, ANSWERS, PACKAGE) == 2
    assert "the folder is not empty" in capsys.readouterr().err
    assert list(files_in(tmp_path)) == ["mine.txt"]


def test_an_empty_repository_is_filled(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    (folder / ".git").mkdir(parents=True)
    assert init.run(folder, ANSWERS, PACKAGE) == 0
    assert (folder / "mkdocs.yml").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["d"]


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--url", "paper.example.org", "write a complete URL"),
        ("--url", "https://[x/", "write a complete URL"),
        ("--repository", "git@github.com:me/x.git", "write a complete URL"),
        ("--language", "de-AT", "does not support this language"),
        ("--language", "../languages/en", "does not support this language"),
    ],
)
def test_wrong_addresses_and_languages_are_refused(
    option: str, value: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert digest("init", tmp_path / "d", option, value) == 2
    assert message in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_address_of_a_clone_becomes_that_of_its_repository(tmp_path: Path) -> None:
    assert digest("init", tmp_path / "d", "--repository", "https://github.com/me/x.git", "--venue", "ICLR ²⁰²⁶") == 0
    settings = read_settings(tmp_path / "d")
    assert isinstance(settings, Settings)
    assert (settings.repository, settings.site_url) == ("https://github.com/me/x", "https://me.github.io/x/")


def test_a_faulty_answer_has_a_message_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert init.run(tmp_path / "d", replace(ANSWERS, topics=("a\u202eb",), venues=("V" * 400,)), PACKAGE) == 2
    assert "E213" in capsys.readouterr().err
    assert digest("init", tmp_path / "d", "--colour", "red") == 2
    assert digest("init", tmp_path / "d", "--license", "WTFPL") == 2
    assert list(tmp_path.iterdir()) == []


LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4" fill="#070"/></svg>'


def test_the_ending_of_the_logo_is_that_of_its_format(tmp_path: Path) -> None:
    (tmp_path / "brand.png").write_bytes(LOGO)
    assert digest("init", tmp_path / "d", "--logo", tmp_path / "brand.png") == 0
    assert (tmp_path / "d/content/pages/logo.svg").read_bytes() == LOGO
    assert "logo: logo.svg" in (tmp_path / "d/mkdocs.yml").read_text("utf-8")


def test_logo_color_and_name_reach_pages_icons_manifest_and_cards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "d"
    assert init.run(folder, replace(ANSWERS, languages=("en",), logo="logo.svg"), PACKAGE, LOGO) == 0
    monkeypatch.chdir(folder)
    settings = read_settings(folder)
    assert isinstance(settings, Settings)
    assert palette_color(settings.palette or "") == "#0b5fff"
    assert build.run(BuildOptions(Path("content"), Path("site"), strict=True)) == 0
    home = LexborHTMLParser((folder / "site/index.html").read_text("utf-8"))
    assert home.css_first("img.digest-logo").attributes["src"] == "logo.svg"
    assert home.css_first("link[rel=icon]").attributes["href"] == "logo.svg"
    assert "--accent: light-dark(#" in (folder / "site/assets/stylesheets/palette.css").read_text("utf-8")
    manifest = json.loads((folder / "site/manifest.webmanifest").read_text("utf-8"))
    assert (manifest["name"], manifest["theme_color"]) == (ANSWERS.name, "#0b5fff")
    for icon in manifest["icons"]:
        assert (folder / "site" / icon["src"]).is_file()
    for path, data in draw_icons(LOGO):
        assert (folder / "site" / path.removeprefix("theme/overrides/")).read_bytes() == data
    card = Image.open(folder / "site/papers/shannon1948mathematical/card.png").convert("RGB")
    assert card.getpixel((5, 300)) == ImageColor.getrgb(readable("#0b5fff", LIGHT))
    assert card.crop((80, 60, 124, 104)).getcolors(4) != [(44 * 44, (253, 252, 249))], "the mark is on it"


def test_a_new_digest_has_an_empty_list_of_permalinks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is empty, because the example will be deleted, and exists, because a workflow compares it with each commit."""
    assert init.run(tmp_path / "d", ANSWERS, PACKAGE) == 0
    assert (tmp_path / "d/content/permalinks.txt").read_bytes() == b""
