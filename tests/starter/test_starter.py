"""A digest of one's own: begun from the wheel alone, built and checked, and later brought up to date."""

import json
import os
import re
import subprocess
import sys
import venv
import zipfile
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PIL import Image, ImageColor
from selectolax.lexbor import LexborHTMLParser

from generator.commands import build, check, init, upgrade
from generator.commands.build_options import BuildOptions
from generator.model.settings import Settings
from generator.starter.answers import LICENSES, Answers, default_address, default_name, settings_text
from generator.starter.icons import draw_icons
from generator.starter.managed import Package, dependencies, managed_files, reduced_lock
from generator.starter.texts import DIGEST_THEME_FILES
from generator.starter.upgrade import RECORD_FILE, Fate, Record, file_hash, plan_upgrade
from generator.store.settings_file import read_settings
from generator.text.color import DARK, LIGHT, contrast, palette_color, read_color, readable
from tests.conftest import ROOT
from tests.support.command import digest

PACKAGE = Package("curated-paper-digest==1.0.0")
ANSWERS = Answers(
    name="Our *Digest* {{ x }}", description='Papers: "all" of them.', address="https://ours.example/d/",
    repository="https://github.com/ours/d", day="2026-05-01", color="#0b5fff", languages=("de", "en"),
    license="CC0-1.0", contact="us@ours.example", venues=("ICLR 2026", "Some Journal"), topics=("Vögel & Fische",),
)  # fmt: skip


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_is_enough_to_begin_check_and_build_a_digest(wheel: Path, tmp_path: Path) -> None:
    """In a venv that knows this environment's packages but not this checkout; the long form is ``make newcomer``."""
    home, mine = tmp_path / "venv", tmp_path / "my-digest"
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin/python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check", "--no-input"]
    subprocess.run([*pip, "install", "-q", "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)
    site_packages = next(home.glob("lib/python*/site-packages"))
    (site_packages / "present.pth").write_text(str(Path(pytest.__file__).parent.parent), "utf-8")

    def run(*arguments: str, folder: Path) -> str:
        command = [str(home / "bin/digest"), *arguments]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": ""})
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    run("init", str(mine), "--venue", "ICLR 2026", folder=tmp_path)
    assert (mine / "requirements.txt").read_text("utf-8").startswith(f"./wheels/{wheel.name} --hash=sha256:")
    assert (mine / "wheels" / wheel.name).read_bytes() == wheel.read_bytes()
    assert "0 errors, 0 warnings" in run("check", folder=mine)
    run("build", "--strict", folder=mine)
    assert "A Mathematical Theory" in (mine / "site/papers/shannon1948mathematical/index.html").read_text("utf-8")
    assert "0 write, 0 delete" in run("upgrade", folder=mine)


def test_the_wheel_carries_the_theme_and_none_of_our_papers(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    themes = {path.relative_to(ROOT).as_posix() for path in (ROOT / "theme").rglob("*") if path.is_file()}
    assert {f"generator/starter/packaged/{path}" for path in themes} <= set(names)
    assert [name for name in names if "content/" in name] == []


def test_an_installed_generator_asks_for_nothing_that_is_not_locked() -> None:
    whole = (ROOT / "requirements.lock").read_text("utf-8")
    lock = reduced_lock(whole, dependencies())
    pins = re.findall(r"^([a-z0-9-]+)(==.*)$", lock, re.MULTILINE)
    names = {name for name, _ in pins}
    assert {"mkdocs", "markdown", "pydantic-core", "pagefind-bin"} <= names
    assert not names & {"pytest", "mypy", "playwright", "hypothesis", "hatchling", "numpy"}
    assert pins == [pin for pin in re.findall(r"^([a-z0-9-]+)(==.*)$", whole, re.MULTILINE) if pin[0] in names]
    assert re.sub(r"(?m)^(?:[a-z0-9-]+==.*|    (?:--hash=sha256:[0-9a-f]{64}( \\)?|#.*))\n", "", lock) == ""
    # What is installed here asks for nothing besides.
    required = {name for distribution in names for name in _required(distribution)}
    assert required <= names


def _required(name: str) -> set[str]:
    """The packages that an installed package asks for on this machine."""
    try:
        lines = metadata.distribution(name).requires or []
    except metadata.PackageNotFoundError:  # of another system
        return set()
    requirements = [Requirement(line) for line in lines]
    return {
        canonicalize_name(requirement.name)
        for requirement in requirements
        if not requirement.marker or requirement.marker.evaluate({"extra": ""})
    }


def test_a_lock_without_a_wanted_package_is_refused() -> None:
    with pytest.raises(ValueError, match="not in the lock: absent"):
        reduced_lock("a==1 \\\n    --hash=sha256:0\n    # via x\n", ["A", "absent"])


@pytest.mark.parametrize("answers", [ANSWERS, replace(ANSWERS, example=False, venues=(), topics=())])
def test_answers_arrive_and_the_digest_is_good(
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


def test_nothing_of_this_project_s_own_digest_comes_along(tmp_path: Path) -> None:
    assert init.run(tmp_path / "d", ANSWERS, PACKAGE) == 0
    files = _files(tmp_path / "d")
    for path, data in files.items():
        if not path.startswith(("wheels/", "requirements", "theme/")):
            assert b"paper-digest.example" not in data, path
            links = data.replace(b"https://github.com/paper-digest/paper-digest/blob/main/docs/", b"")
            assert b"paper-digest/paper-digest" not in links, f"{path} links to more than the documentation"
    ours = {path.stem for path in (ROOT / "content/papers").rglob("*.yaml")}
    assert not ours & {Path(path).stem for path in files}
    assert "tests.yml" not in str(sorted(files))


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("x", "utf-8")
    assert init.run(tmp_path, ANSWERS, PACKAGE) == 2
    assert "the folder is not empty" in capsys.readouterr().err
    assert list(_files(tmp_path)) == ["mine.txt"]


def test_an_empty_folder_with_a_fresh_repository_is_filled(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    (folder / ".git").mkdir(parents=True)
    assert init.run(folder, ANSWERS, PACKAGE) == 0
    assert (folder / "mkdocs.yml").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["d"]


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--url", "paper.example.org", "write a whole address"),
        ("--url", "https://[x/", "write a whole address"),
        ("--repository", "git@github.com:me/x.git", "write a whole address"),
        ("--language", "de-AT", "does not support this language"),
        ("--language", "../en", "does not support this language"),
    ],
)
def test_answers_that_cannot_work_are_refused(
    option: str, value: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert digest("init", tmp_path / "d", option, value) == 2
    assert message in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_address_of_a_clone_is_that_of_its_repository(tmp_path: Path) -> None:
    assert digest("init", tmp_path / "d", "--repository", "https://github.com/me/x.git", "--venue", "ICLR ²⁰²⁶") == 0
    settings = read_settings(tmp_path / "d")
    assert isinstance(settings, Settings)
    assert (settings.repository, settings.site_url) == ("https://github.com/me/x", "https://me.github.io/x/")


def test_a_bad_answer_is_a_message_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert init.run(tmp_path / "d", replace(ANSWERS, topics=("a\u202eb",), venues=("V" * 400,)), PACKAGE) == 2
    assert "E213" in capsys.readouterr().err
    assert digest("init", tmp_path / "d", "--colour", "red") == 2
    assert digest("init", tmp_path / "d", "--license", "WTFPL") == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("repository", "address"),
    [
        ("https://github.com/Acme/my-digest", "https://acme.github.io/my-digest/"),
        ("https://github.com/acme/acme.github.io", "https://acme.github.io/"),
        ("https://gitlab.com/acme/d", "https://acme.gitlab.io/d/"),
        ("", "https://my-digest.example/"),
    ],
)
def test_where_a_site_will_stand(repository: str, address: str) -> None:
    assert default_address(repository, "my-digest") == address


def test_a_name_comes_from_the_folder() -> None:
    assert [default_name(name) for name in ("my-digest", "NLP_papers", "--")] == [
        "My Digest",
        "NLP Papers",
        "Paper digest",
    ]


def test_settings_that_lack_a_line_are_refused() -> None:
    with pytest.raises(ValueError, match=r"lacks .*extra\.license, "):
        settings_text("site_name: x\nextra:\n  language: en\n", ANSWERS)


def test_every_licence_has_an_address() -> None:
    assert all(address.startswith("https://") for address in LICENSES.values())


@given(st.integers(0, 0xFFFFFF), st.sampled_from([LIGHT, DARK]))
def test_any_colour_becomes_one_that_can_be_read(color: int, background: str) -> None:
    chosen = readable(f"#{color:06x}", background)
    assert contrast(chosen, background) >= 6
    assert readable(chosen, background) == chosen


def test_colours_are_read_as_people_write_them() -> None:
    assert [read_color(text) for text in ("#0B5FFF", "0b5fff", "#abc", "red", "#12345", "")] == [
        "#0b5fff", "#0b5fff", "#aabbcc", None, None, None,
    ]  # fmt: skip


def test_own_style_sets_what_the_theme_uses() -> None:
    theme = (ROOT / "theme/overrides/assets/stylesheets/digest.css").read_text("utf-8")
    own = (ROOT / "generator/starter/files/own.css").read_text("utf-8")
    assert re.findall(r"(--[a-z]+):", own)
    for name in re.findall(r"(--[a-z]+):", own):
        assert f"var({name})" in theme, name
    assert f"--paper: light-dark({LIGHT}, {DARK})" in theme


LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4" fill="#070"/></svg>'
OWN_LINES = {
    "theme/overrides/partials/own-head.html": '<meta name="of-our-own" content="{{ config.site_name | e }}">\n',
    "theme/overrides/partials/own-footer.html": "<p>At Example University.</p>\n",
    "theme/overrides/assets/stylesheets/own.css": ":root { --paper: #fff; }\n",
    "theme/overrides/assets/javascripts/own.js": "document.body.dataset.own = 'yes';\n",
}


def test_logo_colour_and_name_reach_pages_icons_manifest_and_cards(
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


def test_own_lines_are_on_every_page_and_no_upgrade_touches_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "d"
    assert init.run(folder, replace(ANSWERS, languages=("en",)), PACKAGE) == 0
    for path, text in OWN_LINES.items():
        assert (folder / path).is_file(), path
        (folder / path).write_text(text, "utf-8")
    before = {path: (folder / path).read_bytes() for path in DIGEST_THEME_FILES}
    pictures = (".woff2", ".png")
    managed = init.all_managed_files(PACKAGE)
    edited = {path: data + b"\n" * (not path.endswith(pictures)) for path, data in managed.items()}
    # An earlier version listed the icons among its own files.
    record = json.loads((folder / RECORD_FILE).read_text("utf-8"))
    record["files"] |= {path: file_hash(data) for path, data in before.items()}
    (folder / RECORD_FILE).write_text(json.dumps(record), "utf-8")
    assert upgrade.run(folder, edited, [], []) == 0
    assert before == {path: (folder / path).read_bytes() for path in DIGEST_THEME_FILES}
    monkeypatch.chdir(folder)
    assert build.run(BuildOptions(Path("content"), Path("site"))) == 0
    for name in ("index.html", "papers/shannon1948mathematical/index.html", "search/index.html", "404.html"):
        page = LexborHTMLParser((folder / "site" / name).read_text("utf-8"))
        assert page.css_first("head meta[name=of-our-own]").attributes["content"] == ANSWERS.name, name
        assert "At Example University." in page.css_first("footer").text(), name
        assert page.css('script[src$="assets/javascripts/own.js"]'), name
        assert page.css('link[href$="assets/stylesheets/own.css"]'), name


def test_a_new_digest_has_a_list_of_permanent_addresses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty, since the example is there to be deleted; the workflow that compares it finds it in the first commit."""
    assert init.run(tmp_path / "d", ANSWERS, PACKAGE) == 0
    assert (tmp_path / "d/content/permalinks.txt").read_bytes() == b""


# Upgrading


def test_the_fate_of_a_file_follows_from_what_was_here_and_what_is_new() -> None:
    a, b, c = (file_hash(text) for text in (b"a", b"b", b"c"))
    record = Record("1", {"same": a, "new": a, "yours": a, "both": a, "gone": a, "gone yours": a, "deleted": a})
    ours = {"same": a, "new": a, "yours": c, "both": c, "gone": a, "gone yours": c, "deleted": None, "clash": c}
    new = {"same": a, "new": b, "yours": a, "both": b, "deleted": a, "clash": b, "more": b}
    upgrade = plan_upgrade(record, ours, new)
    assert upgrade.fates == {
        "same": Fate.SAME, "new": Fate.WRITE, "yours": Fate.YOURS, "both": Fate.BOTH, "gone": Fate.DELETE,
        "gone yours": Fate.BOTH, "deleted": Fate.YOURS, "clash": Fate.BOTH, "more": Fate.WRITE,
    }  # fmt: skip
    assert upgrade.record == {
        "same": a, "new": b, "yours": a, "both": a, "gone yours": a, "deleted": a, "more": b,
    }  # fmt: skip


def test_upgrade_writes_what_is_new_and_leaves_what_a_person_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "d"
    assert init.run(folder, ANSWERS, PACKAGE) == 0
    managed = init.all_managed_files(PACKAGE)
    content = {path: data for path, data in _files(folder).items() if path not in managed and path != RECORD_FILE}
    css, home = "theme/overrides/assets/stylesheets/digest.css", "theme/pages/home.md.j2"
    newer = {**managed, css: b"new", home: b"new", "theme/pages/more.md.j2": b"more"}
    del newer["theme/pages/map.md.j2"]
    (folder / home).write_bytes(b"mine")
    assert upgrade.run(folder, newer, [], [], dry_run=True) == 1
    assert (folder / css).read_bytes() == managed[css]
    assert upgrade.run(folder, newer, [], []) == 1
    out = capsys.readouterr().out
    assert f"{home}: changed here and by the generator: left" in out
    assert (folder / home).read_bytes() == b"mine"
    assert (folder / css).read_bytes() == b"new"
    assert not (folder / "theme/pages/map.md.j2").exists()
    assert upgrade.run(folder, newer, [], [home]) == 0
    assert upgrade.run(folder, newer, [], []) == 0
    assert upgrade.run(folder, newer, [home], []) == 0
    assert (folder / home).read_bytes() == b"new"
    after = {path: data for path, data in _files(folder).items() if path in content}
    assert after == content


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (None, "only a folder begun by `digest init`"),
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
def test_a_folder_without_a_good_record_is_left_alone(
    record: str | None, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if record is not None:
        (tmp_path / RECORD_FILE).write_text(record, "utf-8")
    before = _files(tmp_path)
    assert upgrade.run(tmp_path, managed_files(PACKAGE), [], []) == 2
    assert message in capsys.readouterr().err
    assert _files(tmp_path) == before


def test_a_huge_file_in_the_place_of_a_managed_one_is_not_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init.run(tmp_path / "d", ANSWERS, PACKAGE) == 0
    huge = tmp_path / "d/Makefile"
    os.truncate(huge, 1 << 40)
    assert upgrade.run(tmp_path / "d", init.all_managed_files(PACKAGE), [], []) == 0
    assert "Makefile: changed here, and not by the generator" in capsys.readouterr().out
    assert upgrade.run(tmp_path / "d", init.all_managed_files(PACKAGE), ["Makefile"], []) == 0
    assert huge.read_bytes() == managed_files(PACKAGE)["Makefile"]


def test_only_files_of_the_generator_can_be_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert init.run(tmp_path / "d", ANSWERS, PACKAGE) == 0
    assert upgrade.run(tmp_path / "d", init.all_managed_files(PACKAGE), ["content/pages/about.md"], []) == 2
    assert "not a file that came with the generator" in capsys.readouterr().err
