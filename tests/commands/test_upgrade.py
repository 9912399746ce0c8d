"""The command updates files of the generator, and leaves what a person changed."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.commands import build, init, upgrade
from generator.commands.build_options import BuildOptions
from generator.starter.managed import managed_files
from generator.starter.texts import THEME_FILES_OF_DIGEST
from generator.starter.upgrade import RECORD_FILE, file_hash
from tests.support.new_digest import ANSWERS, PACKAGE, files_in

OWN_LINES = {
    "theme/overrides/partials/own-head.html": '<meta name="of-our-own" content="{{ config.site_name | e }}">\n',
    "theme/overrides/partials/own-footer.html": "<p>At Example University.</p>\n",
    "theme/overrides/assets/stylesheets/own.css": ":root { --paper: #fff; }\n",
    "theme/overrides/assets/javascripts/own.js": "document.body.dataset.own = 'yes';\n",
}


def test_own_lines_are_on_every_page_and_survive_upgrades(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "d"
    assert init.run(folder, replace(ANSWERS, languages=("en",)), PACKAGE) == 0
    for path, text in OWN_LINES.items():
        assert (folder / path).is_file(), path
        (folder / path).write_text(text, "utf-8")
    before = {path: (folder / path).read_bytes() for path in THEME_FILES_OF_DIGEST}
    pictures = (".woff2", ".png")
    managed = init.all_managed_files(PACKAGE)
    edited = {path: data + b"\n" * (not path.endswith(pictures)) for path, data in managed.items()}
    # An earlier version listed the icons among its own files.
    record = json.loads((folder / RECORD_FILE).read_text("utf-8"))
    record["files"] |= {path: file_hash(data) for path, data in before.items()}
    (folder / RECORD_FILE).write_text(json.dumps(record), "utf-8")
    assert upgrade.run(folder, edited, [], []) == 0
    assert before == {path: (folder / path).read_bytes() for path in THEME_FILES_OF_DIGEST}
    monkeypatch.chdir(folder)
    assert build.run(BuildOptions(Path("content"), Path("site"))) == 0
    for name in ("index.html", "papers/shannon1948mathematical/index.html", "search/index.html", "404.html"):
        page = LexborHTMLParser((folder / "site" / name).read_text("utf-8"))
        assert page.css_first("head meta[name=of-our-own]").attributes["content"] == ANSWERS.name, name
        assert "At Example University." in page.css_first("footer").text(), name
        assert page.css('script[src$="assets/javascripts/own.js"]'), name
        assert page.css('link[href$="assets/stylesheets/own.css"]'), name


def test_new_files_are_written_and_edited_ones_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "d"
    assert init.run(folder, ANSWERS, PACKAGE) == 0
    managed = init.all_managed_files(PACKAGE)
    content = {path: data for path, data in files_in(folder).items() if path not in managed and path != RECORD_FILE}
    css, home = "theme/overrides/assets/stylesheets/digest.css", "theme/pages/home.md.j2"
    newer = {**managed, css: b"new", home: b"new", "theme/pages/more.md.j2": b"more"}
    del newer["theme/pages/map.md.j2"]
    (folder / home).write_bytes(b"mine")
    assert upgrade.run(folder, newer, [], [], dry_run=True) == 1
    assert (folder / css).read_bytes() == managed[css]
    assert upgrade.run(folder, newer, [], []) == 1
    out = capsys.readouterr().out
    assert f"{home}: changed by you and by the generator: not updated" in out
    assert (folder / home).read_bytes() == b"mine"
    assert (folder / css).read_bytes() == b"new"
    assert not (folder / "theme/pages/map.md.j2").exists()
    assert upgrade.run(folder, newer, [], [home]) == 0
    assert upgrade.run(folder, newer, [], []) == 0
    assert upgrade.run(folder, newer, [home], []) == 0
    assert (folder / home).read_bytes() == b"new"
    after = {path: data for path, data in files_in(folder).items() if path in content}
    assert after == content


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (None, "only a folder that `digest init` created"),
        ("{", "damaged"),
        ("[]", "damaged"),
        ('{"version": "1", "files": {"a": "b"}}', "a hash is wrong"),
        (json.dumps({"version": "1", "files": [[1, "0" * 64]]}), "damaged"),
        (" " * (1 << 20) + "{}", "larger than"),
        *(
            (json.dumps({"version": "1", "files": {path: "0" * 64}}), "that no generator manages")
            for path in (
                "../a",
                "/etc/a",
                "theme/../../a",
                ".git/HEAD",
                "theme/../.git/HEAD",
                "content/topics.yaml",
                "own.mk",
            )
        ),
    ],
)
def test_a_folder_without_a_valid_record_is_refused(
    record: str | None, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if record is not None:
        (tmp_path / RECORD_FILE).write_text(record, "utf-8")
    before = files_in(tmp_path)
    assert upgrade.run(tmp_path, managed_files(PACKAGE), [], []) == 2
    assert message in capsys.readouterr().err
    assert files_in(tmp_path) == before


def test_a_huge_file_is_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert init.run(tmp_path / "d", ANSWERS, PACKAGE) == 0
    huge = tmp_path / "d/Makefile"
    os.truncate(huge, 1 << 40)
    assert upgrade.run(tmp_path / "d", init.all_managed_files(PACKAGE), [], []) == 0
    assert "Makefile: changed by you, not by the generator" in capsys.readouterr().out
    assert upgrade.run(tmp_path / "d", init.all_managed_files(PACKAGE), ["Makefile"], []) == 0
    assert huge.read_bytes() == managed_files(PACKAGE)["Makefile"]


def test_only_files_of_the_generator_can_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert init.run(tmp_path / "d", ANSWERS, PACKAGE) == 0
    assert upgrade.run(tmp_path / "d", init.all_managed_files(PACKAGE), ["content/pages/about.md"], []) == 2
    assert "not a file that came with the generator" in capsys.readouterr().err
