"""What the site tells browsers that install it or keep it: the manifest and the list of what the worker keeps."""

import json
import re
import struct
from dataclasses import replace
from pathlib import Path

import pytest

from generator.exports.manifest import manifest_file, short_name
from tests.conftest import ROOT, SETTINGS

OVERRIDES = ROOT / "theme" / "overrides"


def test_the_manifest_says_what_the_settings_say(toy_site: Path) -> None:
    """Hostile text stays text, and the addresses hold under any path."""
    hostile = replace(SETTINGS, name='A "digest"\n', description='</script>\\ "x": {{ y }}')
    manifest = json.loads(manifest_file(hostile, ROOT / "theme").text)
    assert (manifest["name"], manifest["description"]) == (hostile.name, hostile.description)
    assert (manifest["start_url"], manifest["scope"]) == (".", ".")
    assert json.loads((toy_site / "manifest.webmanifest").read_text("utf-8"))["name"] == "Toy Digest"
    for page, link in (("index.html", "manifest"), ("papers/zhu2025dogs/index.html", "../../manifest")):
        assert f'<link rel="manifest" href="{link}.webmanifest">' in (toy_site / page).read_text("utf-8")


def test_the_icons_are_there_in_the_sizes_told() -> None:
    icons = json.loads(manifest_file(SETTINGS, ROOT / "theme").text)["icons"]
    assert {icon["sizes"] for icon in icons} == {"any", "192x192", "512x512"}
    assert [icon["sizes"] for icon in icons if icon.get("purpose") == "maskable"] == ["512x512"]
    for icon in icons:
        data = (OVERRIDES / icon["src"]).read_bytes()
        if icon["type"] == "image/png":
            assert data.startswith(b"\x89PNG\r\n\x1a\n")
            assert "x".join(map(str, struct.unpack(">II", data[16:24]))) == icon["sizes"]


def test_the_manifest_has_the_colours_of_the_page() -> None:
    manifest = json.loads(manifest_file(SETTINGS, ROOT / "theme").text)
    light, dark, *_ = re.findall(r"--paper: (#\w+)", (OVERRIDES / "assets/stylesheets/digest.css").read_text("utf-8"))
    assert {manifest["theme_color"], manifest["background_color"]} == {light}
    told = re.findall(r'name="theme-color" content="(#\w+)"', (OVERRIDES / "main.html").read_text("utf-8"))
    assert told == [light, dark]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Paper Digest", "Paper Digest"), ("The Paper Digest", "The Paper"), ("Papers", "Papers"),
        ("Forschungsüberblick", "Forschungsüb"), ("", ""),
    ],
)  # fmt: skip
def test_the_short_name_fits_below_an_icon(name: str, short: str) -> None:
    assert short_name(name) == short
