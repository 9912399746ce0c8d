"""The output of a build: the same bytes as plain MkDocs on any machine, and quarantine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.corpus import corpus
from bench.pages_only import build_pages
from generator.build.output import write_exactly
from generator.commands import build, site_builder
from generator.commands.build_options import BuildOptions
from generator.model.catalog import Catalog, build_catalog
from generator.model.settings import Settings
from generator.pages.all import all_pages
from generator.site.mkdocs_site import SiteNotBuilt
from generator.site.page_links import PageLinks
from generator.site.plain_markdown import convert
from generator.site.site_pages import folder_of, parse_source
from generator.store.load import load
from tests.conftest import ROOT, SETTINGS, SOURCES, TOY, leads_on


@pytest.fixture(scope="session")
def bench_site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalog, Path]:
    """The pages of 150 papers of the bench, whose texts are those of strangers."""
    folder = tmp_path_factory.mktemp("bench")
    catalog = build_catalog(load(corpus(150, ROOT / "content", SOURCES, folder)).content)
    write_exactly(all_pages(catalog, SETTINGS, ROOT / "theme"), folder / "docs")
    build_pages(folder / "docs", folder / "site", ROOT / "mkdocs.yml")
    return catalog, folder / "site"


@pytest.mark.parametrize("which", ["toy", pytest.param("real", marks=pytest.mark.long), "bench"])
def test_the_build_is_the_same_bytes_as_plain_mkdocs(
    which: str, request: pytest.FixtureRequest, real_settings: Settings, tmp_path: Path
) -> None:
    """``digest build``, with its processes, and ``mkdocs build`` on the generated pages give equal HTML."""
    if which == "bench":
        catalog, built = request.getfixturevalue("bench_site")
    else:
        catalog, built = request.getfixturevalue(which), request.getfixturevalue(f"{which}_site")
    if which == "real":
        catalog = build_catalog(load(ROOT / "content").content, real_settings.founded)
    docs = tmp_path / "docs"
    write_exactly(all_pages(catalog, real_settings if which == "real" else SETTINGS, ROOT / "theme"), docs)
    config = tmp_path / "mkdocs.yml"
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    text = text.replace("docs_dir: build/docs", f"docs_dir: {docs}").replace(
        "theme/overrides", f"{ROOT}/theme/overrides"
    )
    config.write_text(text, "utf-8")
    site = tmp_path / "plain"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", str(config), "-d", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = sorted(path.relative_to(site) for path in site.rglob("*.html"))
    assert pages == sorted(path.relative_to(built) for path in built.rglob("*.html") if not leads_on(path))
    assert [p for p in pages if (site / p).read_bytes() != (built / p).read_bytes()] == []


def test_almost_all_pages_take_the_fast_path(real: Catalog, real_settings: Settings) -> None:
    """Else a new construct in a template would make the build slow without a word."""
    pages = {folder_of(page.path): page for page in all_pages(real, real_settings, ROOT / "theme")}
    links = PageLinks(frozenset(pages))
    declined = set()
    for place, page in pages.items():
        source = parse_source(page.text)
        if source is None or convert(source.markdown, links.resolver(place)) is None:
            declined.add(place)
    single = {"", "about", "accessibility", "contribute", "data", "offline", "search", "stats", "venues"}
    assert declined <= single


@pytest.mark.parametrize("processes", [1, 3])
def test_a_broken_link_stops_a_strict_build(processes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the page and the anchor that it leads to were built by different processes."""
    monkeypatch.setattr(site_builder, "cores", lambda: processes)
    docs = tmp_path / "docs"
    docs.mkdir()
    for number in range(6):
        (docs / f"p{number}.md").write_text(f"# P\n\n[on](p{(number + 1) % 6}.md#p)\n", "utf-8")
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: x\nplugins: []\nnav: [{P: p0.md}]\nvalidation: {links: {anchors: warn}}\n", "utf-8")

    def build() -> None:
        build_pages(docs, tmp_path / "site", config, processes)

    build()
    assert (tmp_path / "site/p5/index.html").is_file()
    (docs / "p2.md").write_text("# P\n\n[on](p5.md#gone)\n", "utf-8")
    with pytest.raises(SiteNotBuilt, match="1 warning"):
        build()
    (docs / "p2.md").write_text("# P\n\n[on](gone.md)\n", "utf-8")
    with pytest.raises(SiteNotBuilt, match="1 warning"):
        build()


@pytest.fixture(scope="module")
def built_here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The toy site as the command builds it on this machine, as it is."""
    return _built(tmp_path_factory.mktemp("here"), {"PYTHONPATH": str(ROOT)})


@pytest.mark.parametrize(
    ("zone", "seed", "umask", "locale"), [("Asia/Kathmandu", "1", 0o077, "C"), ("America/St_Johns", "2", 0, "C.UTF-8")]
)
def test_the_same_bytes_on_another_machine(
    zone: str, seed: str, umask: int, locale: str, built_here: dict[str, bytes], tmp_path: Path
) -> None:
    """Another clock, listing order, time zone, locale, hash seed, umask and folder, search index included."""
    path = f"{ROOT / 'tests/support/other_machine'}:{ROOT}"
    environment = {"TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
    (tmp_path / "else where").mkdir()
    there = _built(tmp_path / "else where", environment, umask)
    assert [name for name in built_here if there.get(name) != built_here[name]] == []
    assert there.keys() == built_here.keys()


def _built(project: Path, environment: dict[str, str], umask: int = 0o022) -> dict[str, bytes]:
    for name in ("theme", "mkdocs.yml"):
        (project / name).symlink_to(ROOT / name)
    inherited = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    command = [sys.executable, "-m", "generator", "build", "--strict", "--content", str(TOY)]
    done = subprocess.run(
        command, cwd=project, env={**inherited, **environment}, umask=umask, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return _bytes_of(project / "site")


def _bytes_of(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_a_quarantine_publishes_the_other_entries(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A plain build refuses the content and names the files; with ``--quarantine`` the others are published."""
    good = (content / "papers/conf-2025/zhu2025dogs.yaml").read_text("utf-8")
    faults = {
        "broken": "title: [<b>",
        "lost": good.replace("- dogs", "- unknown-topic").replace("Dogs that fetch", "Lost dogs"),
        "twin": good.replace("2025-05-02", "2025-05-03"),
    }
    for name, text in faults.items():
        (content / f"papers/conf-2025/{name}2025x.yaml").write_text(text, "utf-8")
    site = tmp_path / "site"
    monkeypatch.chdir(ROOT)
    assert build.run(BuildOptions(content, site, strict=True)) == 1
    assert not site.exists()
    output = capsys.readouterr().err
    assert all(f"{name}2025x.yaml" in output for name in faults)
    assert build.run(BuildOptions(content, site, strict=True, quarantine=True)) == 0
    assert {path.parent.name for path in site.glob("papers/*/index.html") if not leads_on(path)} == {
        paper.id for paper in load(TOY).content.papers
    }
    page = (site / "quarantine/index.html").read_text("utf-8")
    assert all(f"{name}2025x.yaml" in page for name in faults)
    assert "the same title as zhu2025dogs" in page
    assert '<meta name="robots" content="noindex">' in page
    assert "quarantine" not in (site / "sitemap.xml").read_text("utf-8")


def test_a_fault_of_a_venue_stops_a_quarantine_build(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (content / "venues/conf.yaml").write_text("name: [", "utf-8")
    monkeypatch.chdir(ROOT)
    assert build.run(BuildOptions(content, tmp_path / "site", strict=True, quarantine=True)) == 1
    assert not (tmp_path / "site").exists()
