"""What tests share: the toy content, sites that are built once for all workers, the optional folder of real sources."""

import asyncio
import ctypes
import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import strategies

from tests.support.memory_folder import memory_folder
from tools import sensitivity

if memory := memory_folder():  # before pytest makes its folder, and for its workers and all commands that tests start
    os.environ["TMPDIR"] = tempfile.tempdir = memory

if _without := os.environ.get(sensitivity.WITHOUT):  # before anybody takes the encoder from its module
    sensitivity.disable(_without)
    sensitivity.stop_at_the_first_failure()

from generator.build.cache import Cache
from generator.build.executors import cores
from generator.build.safe_files import lock_file
from generator.commands import site_builder
from generator.commands.project import Project
from generator.commands.site_builder import build_site
from generator.commands.stages import Stages
from generator.model.catalog import Catalog, Content, build_catalog
from generator.model.paper import Paper
from generator.model.settings import Settings
from generator.site.publish import publish
from generator.site.staging import staging
from generator.store.language_file import read_words
from generator.store.load import load
from generator.store.settings_file import read_settings
from generator.text.words import Words

ROOT = Path(__file__).parent.parent
TOY = ROOT / "tests" / "toy_content"
SOURCES = Path(os.environ.get("DIGEST_SOURCES", ROOT.parent / "shared"))
"""Real sources and facts, outside the project; tests that use them run when they are there."""

os.environ.setdefault("DIGEST_ASK_INSIDE", "1")  # tests ask servers of their own on this machine

SETTINGS = Settings(
    name="Toy Digest", description="Toys.", site_url="https://toy.example/", repository="", language="en"
)


def toy_project(folder: Path) -> Path:
    """Make ``folder`` a project: the toy content and this project's settings, copied, and a link to the theme."""
    shutil.copytree(TOY, folder / "content")
    (folder / "theme").symlink_to(ROOT / "theme")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Commands of tests keep nothing outside the folder of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIGEST_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True, scope="session")
def one_process() -> Iterator[None]:
    """Builds that tests start in their own process fork no workers.

    The tests themselves keep all cores busy, and a second process that compiles all templates for a few pages of toys
    doubles the processor time of a build. A test that is about processes uses ``all_processes``.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site_builder, "cores", lambda: 1)
        yield


@pytest.fixture
def all_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds of the test use all cores, and two processes where there is one."""
    monkeypatch.setattr(site_builder, "cores", lambda: max(2, cores()))


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


def build_site_of(
    catalog: Catalog, settings: Settings, folder: Path, *, strict: bool = True, config: Path = ROOT / "mkdocs.yml",
    processes: int = 1,
) -> Path:  # fmt: skip
    """A whole site with its search index, built as ``digest build`` does."""
    project = Project(config, ROOT / "theme", settings, catalog)
    site = folder / "site"
    with pytest.MonkeyPatch.context() as patch, staging(site, Cache()) as staged:
        patch.setattr(site_builder, "cores", lambda: processes)
        build_site(project, staged, Cache(), Stages(), strict=strict)
        publish(staged.path, site)
    return site


def shared_folder(factory: pytest.TempPathFactory, name: str, fill: Callable[[Path], object]) -> Path:
    """The folder ``name`` that the first worker to ask for it has filled. No test may change it."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # each worker has a folder of its own below
    folder, mark = base / "shared" / name, base / "shared" / f"{name}.filled"
    folder.parent.mkdir(exist_ok=True)
    with folder.with_name(f"{name}.lock").open("w") as lock:
        lock_file(lock.fileno())
        if not mark.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            fill(folder)
            mark.touch()
    return folder


@pytest.fixture(scope="session")
def toy_site(toy: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    def fill(folder: Path) -> None:
        build_site_of(toy, SETTINGS, folder, processes=2)

    return shared_folder(tmp_path_factory, "toy", fill) / "site"


@pytest.fixture(scope="session")
def real_settings() -> Settings:
    """What ``mkdocs.yml`` says."""
    settings = read_settings(ROOT)
    assert isinstance(settings, Settings)
    return settings


@pytest.fixture(scope="session")
def real_site(real_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The digest as ``digest build`` makes it: with its founding day."""

    def fill(folder: Path) -> None:
        catalog = build_catalog(load(ROOT / "content").content, real_settings.founded)
        build_site_of(catalog, real_settings, folder, processes=max(2, cores()))

    return shared_folder(tmp_path_factory, "real", fill) / "site"


@pytest.fixture(scope="session")
def german() -> Settings:
    """The toy settings of a digest in German, with a place to subscribe by mail."""
    words = read_words(ROOT / "theme", "de")
    assert isinstance(words, Words)
    form = "https://lists.example/subscribe"
    titles = ("Home", "Weekly", "Venues", "Topics", "Authors", "Archive", "Map", "Statistics", "About")
    return replace(SETTINGS, name="Spielsammlung", language="de", words=words, mail_form=form, navigation=titles)


@pytest.fixture(scope="session")
def german_site(toy: Catalog, german: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy digest in German; ``mkdocs.yml`` stands beside ``site`` and ``docs``."""

    def fill(folder: Path) -> None:
        config = folder / "mkdocs.yml"
        text = (ROOT / "mkdocs.yml").read_text("utf-8").replace("language: en", "language: de")
        text = text.replace("build/docs", f"{folder}/docs").replace("theme/overrides", f"{ROOT}/theme/overrides")
        config.write_text(text.replace("site_name: Paper Digest", f"site_name: {german.name}"), "utf-8")
        build_site_of(toy, german, folder, config=config)

    return shared_folder(tmp_path_factory, "german", fill) / "site"


def with_papers(content: Content, papers: tuple[Paper, ...]) -> Content:
    """The content with these papers, and those of its collections that name no other one."""
    ids = {paper.id for paper in papers}
    collections = tuple(collection for collection in content.collections if ids.issuperset(collection.papers))
    return replace(content, papers=papers, collections=collections)


def leads_on(page: Path) -> bool:
    """Whether the page at a path only sends readers on to an address that changed."""
    return b'http-equiv="refresh"' in page.read_bytes()[:1000]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the toy content that a test may spoil."""
    copy = tmp_path / "content"
    shutil.copytree(TOY, copy)
    return copy


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start with the tests marked ``long``, so that no worker ends with one; keep the others of a file together."""
    for number, item in enumerate(items):
        is_long = item.get_closest_marker("long") is not None
        item.add_marker(pytest.mark.xdist_group(f"long-{number}" if is_long else item.nodeid.partition("::")[0]))
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(autouse=True, scope="session")
def table_of_characters() -> None:
    """Hypothesis builds it on a first run, which takes 200 MB: too much for a worker that has grown."""
    strategies.text().validate()


_MAX_MEMORY = 600  # MB


@pytest.fixture(autouse=True)
def bounded_memory() -> Iterator[None]:
    """Fails the test with which the memory of a worker first exceeds its limit."""
    before = _peak_memory()
    yield
    assert before >= _MAX_MEMORY or _peak_memory() < _MAX_MEMORY


@pytest.fixture(autouse=True, scope="module")
def freed_memory() -> Iterator[None]:
    """Returns freed memory to the system after each file: glibc keeps up to a third of what a worker used."""
    yield
    with suppress(AttributeError, OSError):  # other libraries have no malloc_trim
        ctypes.CDLL(None).malloc_trim(0)


def _peak_memory() -> int:
    """The peak memory of this process in MB."""
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024  # macOS counts bytes
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden pages anew")


@pytest.fixture(autouse=True)
def own_event_loop(request: pytest.FixtureRequest) -> Iterator[None]:
    """Lets a test without a browser run event loops: Playwright's counts as running once a test has used a browser."""
    if "browser" in request.fixturenames:
        yield
        return
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)
