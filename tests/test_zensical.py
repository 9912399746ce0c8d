"""``digest generate`` and ``zensical build`` give a readable site of the same pages, with the theme of this project.

Zensical ignores plugins without a word and renders templates with MiniJinja, which knows less than Jinja: what the
theme or the pages ask of it must stay within that. docs/after-material.md says what is missing there.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.conftest import ROOT, SETTINGS, TOY, leads_on
from tests.support.command import digest


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy site by Zensical, from the very ``mkdocs.yml`` and theme that MkDocs takes."""
    folder = tmp_path_factory.mktemp("zensical")
    (folder / "theme").symlink_to(ROOT / "theme")
    toy = {"site_name": SETTINGS.name, "site_description": SETTINGS.description, "site_url": SETTINGS.site_url}
    (folder / "mkdocs.yml").write_text("".join(f"{name}: {value}\n" for name, value in toy.items()), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert digest("generate", "--content", TOY) == 0
    (folder / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    call = [str(Path(sys.executable).parent / "zensical"), "build"]
    done = subprocess.run(call, cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "No issues found" in done.stdout + done.stderr
    return folder / "site"


def _pages(site: Path) -> set[str]:
    pages = (path for path in site.rglob("*.html") if not leads_on(path))
    return {path.relative_to(site).as_posix() for path in pages}


def _parsed(page: Path) -> LexborHTMLParser:
    return LexborHTMLParser(page.read_text("utf-8"))


def _text(node: LexborNode | None) -> str:
    assert node is not None
    return " ".join(node.text().split())


def _links(tree: LexborHTMLParser, page: str) -> Iterator[str]:
    """Where a page's links and sources lead, within the site."""
    for name in ("href", "src"):
        for node in tree.css(f"[{name}]"):
            place = urlsplit(urljoin(f"http://x/{page}", node.attributes.get(name) or ""))
            if place.netloc == "x":
                yield place.path.removeprefix("/")


def test_it_has_the_same_pages(site: Path, toy_site: Path) -> None:
    assert _pages(site) == _pages(toy_site)


def test_each_page_says_the_same_in_the_same_frame(site: Path, toy_site: Path) -> None:
    frame = "main, .digest-nav, footer"
    for page in sorted(_pages(toy_site) - {"404.html"}):
        ours, theirs = _parsed(toy_site / page), _parsed(site / page)
        for part in ("article", ".digest-nav", "footer"):
            assert _text(theirs.css_first(part)) == _text(ours.css_first(part)), (page, part)
        assert len(theirs.css(frame)) == len(ours.css(frame)), page


def test_its_links_lead_somewhere(site: Path) -> None:
    """All but those to Markdown copies, which only ``digest build`` writes."""
    links = {(page, link) for page in _pages(site) for link in _links(_parsed(site / page), page)}
    assert len(links) > 1000
    lost = {
        (page, link) for page, link in links if not ((site / link).is_file() or (site / link / "index.html").is_file())
    }
    assert {link.rpartition("/")[2] for _, link in lost} <= {"index.md", "pagefind.js"}, sorted(lost)[:5]


def test_no_text_of_an_entry_becomes_markup(site: Path) -> None:
    for page in _pages(site):
        tree = _parsed(site / page)
        for script in tree.css("script"):
            kind = script.attributes.get("type")
            assert script.attributes.get("src") or kind == "application/ld+json", (page, _text(script))
        assert not [node for node in tree.css("*") if any(name.startswith("on") for name in node.attributes)], page
        assert not tree.css("img[src='x']"), page
