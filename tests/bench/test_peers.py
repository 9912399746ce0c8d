"""The generators that the benchmark compares."""

from pathlib import Path

import yaml

from bench import BUILD_DATE
from bench.peers import PEER_NAMES, peers
from generator.site.mkdocs_site import RenderOptions


def test_stock_mkdocs_builds_with_the_same_date(tmp_path: Path) -> None:
    """MkDocs reads its build date from this variable."""
    stock = next(peer for peer in peers(tmp_path) if peer.name == "stock")
    assert stock.environment["SOURCE_DATE_EPOCH"] == str(RenderOptions(BUILD_DATE).epoch)


def test_only_installed_generators_are_listed(tmp_path: Path) -> None:
    assert [peer.name for peer in peers(tmp_path)] == ["ours", "stock"]
    for name in ("zensical", "hugo"):
        (tmp_path / name).touch()
    assert tuple(peer.name for peer in peers(tmp_path)) == PEER_NAMES


def test_pages_are_arranged_as_hugo_reads_them(tmp_path: Path) -> None:
    docs, tools = tmp_path / "docs", tmp_path / "tools"
    (docs / "papers/a").mkdir(parents=True)
    (docs / "papers/a/index.md").write_text('---\ntitle: "A"\nkind: "paper"\n---\n\n[B](../b/index.md)\n', "utf-8")
    tools.mkdir()
    (tools / "hugo").touch()
    hugo = next(peer for peer in peers(tools) if peer.name == "hugo")
    hugo.prepare(docs, tmp_path / "work")
    page = (tmp_path / "work/content/papers/a.md").read_text("utf-8")
    front_matter, _, body = page.partition("\n\n")
    assert yaml.safe_load(front_matter) == {"title": "A", "params": {"kind": "paper"}}
    assert body.strip() == "[B](../b/)"
