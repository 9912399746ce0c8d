"""Pages written by hand: Material's Markdown, links between them, files beside them, and settings that frame them."""

import re
import shutil
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.commands import build, check
from generator.commands.build_options import BuildOptions
from generator.rules import pages as pages_rules
from generator.site.material import style_files
from generator.store.load import load
from generator.text.color import DARK, LIGHT, contrast
from tests.conftest import ROOT, toy_project

EVERYTHING = ROOT / "tests/cases/hand/everything.md"


def test_styles_of_material_apply_to_pages_by_hand_alone() -> None:
    (file,) = style_files()
    assert file.path == "assets/stylesheets/material.css"
    for part in (".admonition", ".tabbed-set", ".task-list", ".keys", "--md-admonition-icon--note", "details"):
        assert part in file.text
    for rule in re.findall(r"(?m)^([^@{}]+)\{", file.text):
        assert all(".hand" in selector for selector in re.split(r",(?![^()]*\))", rule)), rule
    assert len(file.data) < 60_000


@pytest.mark.parametrize("name", ["indigo", "deep orange", "blue-grey"])
def test_a_palette_gives_colors_that_can_be_read(name: str) -> None:
    _, file = style_files(name)
    assert file.path == "assets/stylesheets/palette.css"
    light, dark = re.findall(r"#[0-9a-f]{6}", file.text)[:2]
    assert contrast(light, LIGHT) > 4.5
    assert contrast(dark, DARK) > 4.5
    assert "#" not in [*style_files("none of these")][1].text


SETTINGS = """\
copyright: Copyright 2026 Us
extra_javascript: [own/hello.js]
extra_css: [own/look.css]
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy digest with pages by hand, and a logo, a navigation with sections, hosts and links in its settings."""
    folder = tmp_path_factory.mktemp("hand")
    toy_project(folder)
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    for before, after in (
        ("docs_dir:", f"{SETTINGS}docs_dir:"),
        ("  - Map: map/index.md\n", "  - Guide:\n    - How: everything.md\n    - Setup: guide/setup.md\n"),
        ("  - About", "  - Away: https://a.example/\n  - About"),
        ("  font: false", "  font: false\n  palette:\n    primary: indigo\n  logo: shot.png\n  favicon: shot.png"),
        ("extra:\n", "extra:\n  policy:\n    frames: [https://video.example]\n"),
        ("extra:\n", "extra:\n  social:\n  - link: https://m.example/@us\n    name: M\n"),
    ):  # fmt: skip
        assert before in settings
        settings = settings.replace(before, after, 1)
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    pages = folder / "content/pages"
    for path in ("guide", "own"):
        (pages / path).mkdir()
    shutil.copy(EVERYTHING, pages)
    shutil.copy(ROOT / "theme/overrides/assets/images/icon-192.png", pages / "shot.png")
    (pages / "own/hello.js").write_text("document.body.dataset.hello = 'yes';\n", "utf-8")
    (pages / "own/look.css").write_text("body { accent-color: red; }\n", "utf-8")
    (pages / "guide/setup.md").write_text(
        "# Setup\n\n![Shot](../shot.png)\n[up](../everything.md) [find](../search/?q=kites)\n", "utf-8"
    )
    return folder


@pytest.fixture(scope="module")
def site(project: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        assert build.run(BuildOptions(Path("content"), Path("site"), strict=True)) == 0
    return project / "site"


def test_pages_are_in_folders_with_their_files(site: Path, project: Path) -> None:
    page = LexborHTMLParser((site / "guide/setup/index.html").read_text("utf-8"))
    assert page.css_first(".hand img").attributes["src"] == "../../shot.png"
    addresses = [link.attributes["href"] for link in page.css(".hand a")]
    assert addresses == ["../../everything/", "../../search/?q=kites"]
    assert (site / "shot.png").read_bytes() == (project / "content/pages/shot.png").read_bytes()
    assert [node.attributes["href"] for node in page.css("link[rel=stylesheet]")][1:] == [
        *(f"../../assets/stylesheets/{name}.css" for name in ("material", "hand", "palette")),
        "../../own/look.css",
    ]  # fmt: skip
    assert page.css_first(".digest-nav-section a[aria-current]").text() == "Setup"


def test_other_pages_load_none_of_material(site: Path) -> None:
    assert "material.css" not in (site / "venues/index.html").read_text("utf-8")


def test_settings_of_material_frame_every_page(site: Path) -> None:
    page = LexborHTMLParser((site / "venues/index.html").read_text("utf-8"))
    assert page.css_first("img.digest-logo").attributes["src"] == "../shot.png"
    assert page.css_first("link[rel=icon]").attributes["href"] == "../shot.png"
    assert [node.text() for node in page.css(".digest-nav-section > div a")] == ["How", "Setup"]
    assert page.css_first('.digest-nav a[href="https://a.example/"]').text() == "Away"
    assert "Copyright 2026 Us" in page.css_first("footer").text()
    assert page.css_first('a[rel=me][href="https://m.example/@us"]').text() == "M"
    assert page.css('script[src="../own/hello.js"]')
    policy = page.css_first("meta[http-equiv]").attributes["content"] or ""
    assert "frame-src https://video.example;" in policy
    assert "unsafe" not in policy


def test_a_dead_link_is_named_with_its_line_and_strict_refuses_it(
    project: Path, site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    page = project / "content/pages/guide/setup.md"
    before = page.read_text("utf-8")
    page.write_text(before + "\n[a](gone.md) [b](/papers/none/) [c](../everything.md#no)\n", "utf-8")
    try:
        assert build.run(BuildOptions(Path("content"), Path("site"))) == 0
        shown = capsys.readouterr().err
        assert "content/pages/guide/setup.md:6: 'gone.md' leads nowhere: there is no page guide/gone/" in shown
        assert "content/pages/guide/setup.md:6: '/papers/none/' leads nowhere" in shown
        assert "content/pages/guide/setup.md:6: '../everything.md#no' leads nowhere: the page everything/" in shown
        assert build.run(BuildOptions(Path("content"), Path("strict"), strict=True)) == 1
        assert "3 warnings, and --strict is given" in capsys.readouterr().err
        check.run(Path("content"), [], "text")
        assert "content/pages/guide/setup.md:6:1: W396 'gone.md'" in capsys.readouterr().out
    finally:
        page.write_text(before, "utf-8")


def test_dead_links_are_reported_again_after_an_edit_of_another_file(
    project: Path, site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    page, topic = project / "content/pages/guide/setup.md", project / "content/topics/dogs.yaml"
    before = {path: path.read_text("utf-8") for path in (page, topic)}
    options = BuildOptions(Path("content"), Path("site"))
    try:
        page.write_text(before[page] + "\n[a](gone.md)\n", "utf-8")
        build.run(options)
        topic.write_text(before[topic].replace("order: 2", "order: 7"), "utf-8")
        capsys.readouterr()
        with monkeypatch.context() as context:
            context.setattr("generator.rules.pages.convert", lambda *_: pytest.fail("an unchanged page is converted"))
            pages_rules._converted.cache_clear()
            build.run(options)
        assert "content/pages/guide/setup.md:6: 'gone.md' leads nowhere" in capsys.readouterr().err
        page.write_text(before[page], "utf-8")
        build.run(options)
        assert "leads nowhere" not in capsys.readouterr().err
    finally:
        for path, text in before.items():
            path.write_text(text, "utf-8")


def test_a_wrong_path_in_the_navigation_is_named_with_its_line_and_strict_refuses_it(
    project: Path, site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    config = project / "mkdocs.yml"
    before = config.read_text("utf-8")
    config.write_text(before.replace("- How: everything.md", "- How: everythin.md"), "utf-8")
    line = config.read_text("utf-8").split("\n").index("    - How: everythin.md") + 1
    try:
        assert check.run(Path("content"), [], "text") == 0
        shown = capsys.readouterr().out
        assert f"mkdocs.yml:{line}:7: W396 nav: 'everythin.md' leads nowhere: there is no page everythin/" in shown
        assert "Did you mean everything.md?" in shown
        assert build.run(BuildOptions(Path("content"), Path("strict"), strict=True)) == 1
        assert f"mkdocs.yml:{line}: nav: 'everythin.md' leads nowhere" in capsys.readouterr().err
    finally:
        config.write_text(before, "utf-8")
    assert check.nav_problems(load(project / "content").content) == []


def test_a_diagram_is_drawn_by_a_file_of_the_site_or_stays_text(
    project: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "diagrams.js" not in (site / "everything/index.html").read_text("utf-8")
    monkeypatch.chdir(project)
    script = project / "content/pages/assets/mermaid.min.js"
    script.parent.mkdir()
    script.write_text("window.mermaid = { initialize() {}, run() {} };\n", "utf-8")
    try:
        assert build.run(BuildOptions(Path("content"), Path("drawn"), strict=True)) == 0
    finally:
        shutil.rmtree(script.parent)
    text = (project / "drawn/everything/index.html").read_text("utf-8")
    assert 'src="../assets/mermaid.min.js"' in text
    assert "style-src 'self' 'unsafe-inline'" in text
    assert "unsafe-inline" not in (project / "drawn/guide/setup/index.html").read_text("utf-8")
