"""Plugins of MkDocs and Material: each works, or is left out with advice on what to use instead."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.commands import build
from generator.commands.build_options import BuildOptions
from generator.model.settings import IGNORED_PLUGINS, SLOW_PLUGINS
from tests.conftest import ROOT, toy_project

NAMES = ("blog", "git-revision-date-localized", "glightbox", "meta", "offline", "privacy", "search", "social", "tags")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("plugins")
    toy_project(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield folder


def _built(project: Path, plugins: str, *, code: int = 0, quarantine: bool = False) -> dict[str, bytes]:
    """The files of the site with these ``plugins``."""
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert "plugins: []\n" in text
    (project / "mkdocs.yml").write_text(text.replace("plugins: []\n", plugins), "utf-8")
    assert build.run(BuildOptions(Path("content"), Path("site"), quarantine=quarantine)) == code
    site = project / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_plugins_without_a_use_are_left_out_with_advice(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All at once, some by their full names. None needs to be installed, and the pages do not change."""
    without = _built(project, "plugins: []\n")
    capsys.readouterr()
    assert set(IGNORED_PLUGINS) == set(NAMES)
    listed = "".join(f"  - {'material/' * (name in ('tags', 'social'))}{name}\n" for name in NAMES)
    assert _built(project, f"plugins:\n{listed}") == without
    shown = capsys.readouterr().err
    for name, reason in IGNORED_PLUGINS.items():
        assert f"{name} has no effect\n    {reason[0].upper()}{reason[1:]}." in shown
    assert "slow way" not in shown
    as_mapping = "".join(f"  {name}: {{enabled: true}}\n" for name in NAMES)
    assert _built(project, f"plugins:\n{as_mapping}") == without
    assert _built(project, "") == without, "MkDocs adds its own search to settings that name no plugin"


def test_other_plugins_work(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    redirects = "  - redirects:\n      redirect_maps: {old.md: about/index.md}\n"
    files = _built(project, f"plugins:\n{redirects}  - minify: {{minify_html: true}}\n")
    assert b'url=../about/"' in files["old/index.html"].replace(b"'", b'"')
    assert b"\n\n" not in files["venues/index.html"]
    assert b"</html>" in files["venues/index.html"]
    shown = capsys.readouterr().err
    assert set(SLOW_PLUGINS) == {"minify", "redirects"}
    for name in SLOW_PLUGINS:
        assert f"W117 with the plugin {name} MkDocs builds all pages, slowly" in shown


def test_the_sitemap_leaves_out_the_quarantine_page_if_mkdocs_builds_all_pages(project: Path) -> None:
    faulty = project / "content/papers/conf-2025/broken2025x.yaml"
    faulty.write_text("title: [", "utf-8")
    files = _built(project, "plugins: [minify]\n", quarantine=True)
    faulty.unlink()
    assert b"broken2025x.yaml" in files["quarantine/index.html"]
    assert b"quarantine" not in files["sitemap.xml"]


def test_a_missing_or_failing_plugin_is_a_message(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _built(project, "plugins: [nosuch]\n", code=1)
    assert 'The "nosuch" plugin is not installed' in capsys.readouterr().err
    # It reads a folder that does not exist, and raises what MkDocs does not expect.
    _built(project, "plugins:\n  - redirects:\n      redirect_maps: [x]\n", code=1)
    assert "Traceback" not in capsys.readouterr().err
