"""A site publishes the assets of the base theme that something names, and no others."""

from pathlib import Path

import pytest
from mkdocs.config import load_config

from bench.pages_only import build_pages
from generator.site.material import STYLES_FILE, unused_assets
from tests.conftest import ROOT

_THEIRS = {
    "assets/javascripts/bundle.1.js": "//# sourceMappingURL=bundle.1.js.map",
    "assets/javascripts/bundle.1.js.map": "{}",
    "assets/javascripts/lunr/min/lunr.de.js": "x",
    "assets/stylesheets/main.2.css": "a{}/*# sourceMappingURL=main.2.css.map */",
    "assets/stylesheets/main.2.css.map": "{}",
    "assets/stylesheets/palette.3.css": "b{}",
    "assets/images/favicon.png": "PNG",
    "other.txt": "x",
}


def _unused(folder: Path, own: dict[str, str], rendered: str) -> set[str]:
    for path, text in [*((f"theirs/{path}", text) for path, text in _THEIRS.items()), *own.items()]:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    theirs = {path: folder / "theirs" / path for path in _THEIRS}
    return {path.rpartition("/")[2] for path in unused_assets(theirs, folder / "own", [rendered])}


_ASSETS = {path.rpartition("/")[2] for path in _THEIRS} - {"other.txt"}


@pytest.mark.parametrize(
    ("own", "rendered", "used"),
    [
        ({}, '<link href="assets/stylesheets/own.css">', set()),
        ({}, '<link href="../assets/stylesheets/main.2.css">', {"main.2.css", "main.2.css.map"}),
        ({}, '<script src="assets/javascripts/bundle.1.js">', {"bundle.1.js", "bundle.1.js.map", "lunr.de.js"}),
        ({}, "![](../assets/images/favicon.png)", {"favicon.png"}),
        ({"own/a.css": "@import '/assets/stylesheets/palette.3.css'"}, "", {"palette.3.css"}),
        ({"own/main.html": "{% block styles %}{{ super() }}{% endblock %}"}, "", _ASSETS),
    ],
)
def test_assets_that_are_named_somewhere_are_published(
    own: dict[str, str], rendered: str, used: set[str], tmp_path: Path
) -> None:
    assert _unused(tmp_path, own, rendered) == _ASSETS - used


def test_the_site_has_none_of_materials_assets(toy_site: Path) -> None:
    """Its styles are its own, except for hand-written pages. ``test_site`` checks that no linked file is missing."""
    published = {path.relative_to(toy_site).as_posix() for path in (toy_site / "assets").rglob("*") if path.is_file()}
    own = ROOT / "theme/overrides"
    assert published - {STYLES_FILE} == {
        path.relative_to(own).as_posix() for path in (own / "assets").rglob("*") if path.is_file()
    }


def test_a_hand_written_page_can_use_an_asset(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# Home\n\n![x](assets/images/favicon.png)\n", "utf-8")
    config = tmp_path / "mkdocs.yml"
    text = (ROOT / "mkdocs.yml").read_text("utf-8").replace("theme/overrides", f"{ROOT}/theme/overrides")
    text = text[: text.index("nav:")] + "nav: [{Home: index.md}]\n" + text[text.index("validation:") :]
    config.write_text(text.replace("build/docs", str(docs)), "utf-8")
    assert load_config(str(config)).theme.name == "material"
    build_pages(docs, tmp_path / "site", config, 1)
    assert (tmp_path / "site/assets/images/favicon.png").is_file()
    assert list((tmp_path / "site").rglob("*.map")) == []
