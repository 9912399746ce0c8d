"""The web app manifest, and ``offline.json``, which lists the files that the service worker stores."""

import gzip
import json
import re
import shutil
import struct
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.build.inputs import Inputs
from generator.commands import build
from generator.commands.build_options import BuildOptions
from generator.exports.root_files import manifest_file, short_name
from generator.model.problem import Problem
from generator.model.settings import Settings
from generator.site.offline import offline_file
from generator.store.settings_file import read_settings
from tests.conftest import ROOT, SETTINGS, leads_on

OVERRIDES = ROOT / "theme" / "overrides"


def test_the_manifest_follows_the_settings(toy_site: Path) -> None:
    """Hostile text stays text, and addresses are valid under any path."""
    hostile = replace(SETTINGS, name='A "digest"\n', description='</script>\\ "x": {{ y }}')
    manifest = json.loads(manifest_file(hostile, ROOT / "theme", Inputs()).text)
    assert (manifest["name"], manifest["description"]) == (hostile.name, hostile.description)
    assert (manifest["start_url"], manifest["scope"]) == (".", ".")
    assert json.loads((toy_site / "manifest.webmanifest").read_text("utf-8"))["name"] == "Toy Digest"
    for page, link in (("index.html", "manifest"), ("papers/zhu2025dogs/index.html", "../../manifest")):
        assert f'<link rel="manifest" href="{link}.webmanifest">' in (toy_site / page).read_text("utf-8")


def test_icons_have_the_sizes_that_the_manifest_names() -> None:
    icons = json.loads(manifest_file(SETTINGS, ROOT / "theme", Inputs()).text)["icons"]
    assert {icon["sizes"] for icon in icons} == {"any", "192x192", "512x512"}
    assert [icon["sizes"] for icon in icons if icon.get("purpose") == "maskable"] == ["512x512"]
    for icon in icons:
        data = (OVERRIDES / icon["src"]).read_bytes()
        if icon["type"] == "image/png":
            assert data.startswith(b"\x89PNG\r\n\x1a\n")
            assert "x".join(map(str, struct.unpack(">II", data[16:24]))) == icon["sizes"]


def test_the_manifest_has_the_colors_of_the_page() -> None:
    manifest = json.loads(manifest_file(SETTINGS, ROOT / "theme", Inputs()).text)
    styles = (OVERRIDES / "assets/stylesheets/digest.css").read_text("utf-8")
    light, dark = re.findall(r"--paper: light-dark\((#\w+), (#\w+)\)", styles)[0]
    assert {manifest["theme_color"], manifest["background_color"]} == {light}
    colors = re.findall(r'"(#\w{6})"', (OVERRIDES / "assets/javascripts/scheme.js").read_text("utf-8"))
    assert colors == [dark, light]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Paper Digest", "Paper Digest"), ("The Paper Digest", "The Paper"), ("Papers", "Papers"),
        ("Forschungsüberblick", "Forschungsüb"), ("", ""),
    ],
)  # fmt: skip
def test_the_short_name_fits_below_an_icon(name: str, short: str) -> None:
    assert short_name(name) == short


def _parameters(site: Path, megabytes: int = 20) -> dict[str, object]:
    read: dict[str, object] = json.loads(offline_file(site, ROOT / "theme", megabytes).text)
    return read


@pytest.mark.parametrize("which", ["toy_site", "real_site"])
def test_the_core_is_complete_and_small(which: str, request: pytest.FixtureRequest) -> None:
    """It contains everything that its pages load, in at most 400 KB."""
    site: Path = request.getfixturevalue(which)
    parameters = json.loads((site / "offline.json").read_text("utf-8"))
    core = {place: site / place / "index.html" if not place or place.endswith("/") else site / place
            for place in parameters["core"]}  # fmt: skip
    assert {"", "venues/", "topics/", "archive/", "search/", "reading-list/", "offline/"} <= set(core)
    for place, path in core.items():
        if path.suffix == ".html":
            loaded = re.findall(r'<(?:script[^>]*src|link rel="stylesheet" href)="([^"]+)"', path.read_text("utf-8"))
            assert len(loaded) >= 3
            assert {(path.parent / one).resolve().relative_to(site).as_posix() for one in loaded} <= set(core), place
        if path.suffix == ".js":
            assert {
                f"assets/javascripts/{one}" for one in re.findall(r'from "\./(.+)"', path.read_text("utf-8"))
            } <= set(core)
    assert parameters["bytes"] == sum(path.stat().st_size for path in core.values())
    assert sum(len(gzip.compress(path.read_bytes())) for path in core.values()) <= 400_000


def test_papers_of_the_home_page_are_prefetched(toy_site: Path) -> None:
    home = (toy_site / "index.html").read_text("utf-8")
    ahead = _parameters(toy_site)["ahead"]
    assert isinstance(ahead, list)
    assert ahead
    assert all(f'href="{place}"' in home and (toy_site / place / "index.html").is_file() for place in ahead)


def test_the_version_differs_exactly_if_the_core_differs(toy_site: Path, tmp_path: Path) -> None:
    before = json.loads((toy_site / "offline.json").read_text("utf-8"))
    copy = tmp_path / "site"
    shutil.copytree(toy_site, copy)
    assert _parameters(copy) == before
    assert re.fullmatch("[0-9a-f]{16}", before["version"])
    versions = {before["version"], _parameters(copy, 10)["version"]}
    for place in ("venues/index.html", "assets/stylesheets/digest.css", "sw.js"):
        with (copy / place).open("a") as file:
            file.write(" ")
        versions.add(_parameters(copy)["version"])
    assert len(versions) == 5
    (copy / "papers/zhu2025dogs/index.html").write_text("another text", "utf-8")
    assert _parameters(copy)["version"] in versions


def test_nothing_is_stored_if_offline_reading_is_off(toy_site: Path) -> None:
    assert _parameters(toy_site, 0) == {"version": "", "megabytes": 0}


def test_a_preview_is_not_stored(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, toy_site: Path
) -> None:
    monkeypatch.chdir(ROOT)
    site = tmp_path / "site"
    assert build.run(BuildOptions(content, site, strict=True, preview=True)) == 0
    assert json.loads((site / "offline.json").read_text("utf-8"))["megabytes"] == 0
    noindex = '<meta name="robots" content="noindex">'
    assert [path for path in site.rglob("*.html") if noindex not in path.read_text("utf-8")] == []
    pages = (path for path in toy_site.rglob("*.html") if not leads_on(path))
    assert not any(noindex in path.read_text("utf-8") for path in pages)


@pytest.mark.parametrize(
    ("value", "read"), [("0", 0), ("50", 50), ("", None), ("-1", None), ("2.5", None), ("[1]", None)]
)
@pytest.mark.parametrize("setting", ["offline_megabytes", "feeds_from"])
def test_the_setting_is_a_whole_number(tmp_path: Path, setting: str, value: str, read: int | None) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"site_name: x\nextra:\n  {setting}: {value}\n", "utf-8")
    settings = read_settings(tmp_path)
    if read is None:
        assert isinstance(settings, Problem)
        assert (settings.code, settings.path, settings.line) == ("E203", "mkdocs.yml", 3)
        assert setting in settings.message
    else:
        assert isinstance(settings, Settings)
        assert getattr(settings, setting) == read


@pytest.mark.parametrize(
    ("value", "founded"), [("2026-11-21", date(2026, 11, 21)), ('""', None), ("soon", "E205"), ("[1]", "E205")]
)
def test_the_founding_day_is_a_day(tmp_path: Path, value: str, founded: date | str | None) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"site_name: x\nextra:\n  founded: {value}\n", "utf-8")
    settings = read_settings(tmp_path)
    assert (settings.code if isinstance(settings, Problem) else settings.founded) == founded
