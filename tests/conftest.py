"""What tests share: the toy content, a site built from it once, and the optional folder of real sources."""

import os
import shutil
from pathlib import Path

import pytest

from generator.commands.assemble import assemble
from generator.commands.project import Project
from generator.commands.stages import Stages
from generator.model.catalog import Catalog, build_catalog
from generator.model.settings import Settings
from generator.store.load import load

ROOT = Path(__file__).parent.parent
TOY = ROOT / "tests" / "toy_content"
SOURCES = Path(os.environ.get("DIGEST_SOURCES", ROOT.parent / "shared"))
"""Real sources and facts, outside the project; tests that use them run when they are there."""

SETTINGS = Settings(
    name="Toy Digest", description="Toys.", site_url="https://toy.example/", repository="", language="en"
)

needs_sources = pytest.mark.skipif(not SOURCES.is_dir(), reason="the folder of real sources is not here")


@pytest.fixture(scope="session")
def toy() -> Catalog:
    loaded = load(TOY)
    assert loaded.problems == ()
    return build_catalog(loaded.content)


@pytest.fixture(scope="session")
def real() -> Catalog:
    loaded = load(ROOT / "content")
    assert loaded.problems == ()
    return build_catalog(loaded.content)


def build_site_of(catalog: Catalog, settings: Settings, folder: Path, *, strict: bool = True) -> Path:
    """A whole site with its search index, built as ``digest build`` does."""
    project = Project(ROOT / "mkdocs.yml", ROOT / "theme", settings, catalog)
    assemble(project, folder / "docs", folder / "site", Stages(), strict=strict, before=folder / "before")
    return folder / "site"


@pytest.fixture(scope="session")
def toy_site(toy: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site_of(toy, SETTINGS, tmp_path_factory.mktemp("toy"))


@pytest.fixture(scope="session")
def real_site(real: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from generator.store.settings_file import read_settings

    settings = read_settings(ROOT)
    assert isinstance(settings, Settings)
    return build_site_of(real, settings, tmp_path_factory.mktemp("real"))


def leads_on(page: Path) -> bool:
    """Whether the page at a path only sends readers on to an address that changed."""
    return b'http-equiv="refresh"' in page.read_bytes()[:1000]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the toy content that a test may spoil."""
    copy = tmp_path / "content"
    shutil.copytree(TOY, copy)
    return copy


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden pages anew")
