"""The engine runs stale tasks only, and the output is always that of a clean build."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from generator.build.cache import Cache
from generator.build.engine import TRACES, VALUES, Build, CacheDamaged, Workers, local_work
from generator.build.executors import WorkerLost, local_executor
from generator.build.inputs import HASH_LENGTH, Inputs, TracedMapping, memo, query
from generator.build.task import File, StoredFile, Task, Value, Values, hash_of, plain_task
from generator.build.traces import Traces
from generator.build.version import program_version
from generator.commands import build as build_command
from generator.commands import project as project_command
from generator.commands.build_options import BuildOptions
from generator.site.publish import MARKER, roll_back
from generator.site.site_pages import SitePages
from generator.site.staging import manifests_kind
from tests.conftest import ROOT
from tests.support.engine import build, files_of

Texts = dict[str, str]


class Shelf:
    """Books by name, each with a page, a list of the names, an index of the long words, and the number of books."""

    def __init__(self, books: Texts, inputs: Inputs, ran: list[str]) -> None:
        self.inputs, self._ran = inputs, ran
        self._books = TracedMapping(inputs, "book", books)
        inputs.register(self)

    def stages(self) -> list[list[Task]]:
        values = [plain_task(f"words {name}", partial(self._words, name)) for name in self._books]
        needs = tuple(f"words {name}" for name in self._books)
        return [
            values,
            [
                *(plain_task(f"page {name}", partial(self._page, name)) for name in self._books),
                plain_task("list", self._list),
                plain_task("longest", self._longest),
                Task("index", self._index, (needs,), needs, in_parent=True),
            ],
        ]

    @query
    def title(self, name: str) -> str:
        """The first line of a book."""
        return self._books[name].partition("\n")[0]

    @query
    def longest_title(self) -> int:
        return max(len(self.title(name)) for name in self._books)

    @memo
    def words(self, name: str) -> tuple[str, ...]:
        return tuple(self._books[name].split())

    def _page(self, name: str) -> Iterator[File]:
        self._ran.append(f"page {name}")
        yield File(f"{name}/index.html", self._books[name].encode())
        if "draft" not in self._books[name]:
            yield File(f"{name}/print.html", f"print {self._books[name]}".encode())

    def _list(self) -> Iterator[File]:
        self._ran.append("list")
        yield File("list.html", "\n".join(self.title(name) for name in self._books).encode())

    def _longest(self) -> Iterator[File]:
        self._ran.append("longest")
        yield File("longest.html", str(self.longest_title()).encode())

    def _words(self, name: str) -> Iterator[Value]:
        self._ran.append(f"words {name}")
        yield Value(f"words {name}", " ".join(word for word in self.words(name) if len(word) > 4).encode())

    def _index(self, needs: Sequence[str], values: Values) -> Iterator[File]:
        self._ran.append("index")
        yield File("index.html", b"\n".join(values[name] for name in needs))


class Library:
    """A site of books that is built after each edit. ``ran`` are the tasks that the last build ran."""

    def __init__(self, folder: Path) -> None:
        self.site, self.ran = folder / "site", []  # type: Path, list[str]
        self.books = {"apes": "On apes\nsome words", "bees": "On bees\nother words", "cows": "On cows\nmoo"}

    def build(self, workers: int = 1, version: bytes = b"1") -> dict[str, bytes]:
        """Build the site, which must be that of a clean build."""
        self.ran.clear()
        build(self.site, lambda inputs: Shelf(self.books, inputs, self.ran).stages(), workers, version)
        ran = self.ran.copy()
        clean = self.site.parent / "clean"
        build(clean / "site", lambda inputs: Shelf(self.books, inputs, []).stages())
        files = files_of(self.site)
        assert files == files_of(clean / "site")
        shutil.rmtree(clean)
        self.ran = ran
        return files


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path)
    library.build()
    return library


def test_each_task_runs_in_the_first_build_and_none_in_the_second(library: Library) -> None:
    assert len(library.ran) == len(set(library.ran)) == 9
    library.build()
    assert library.ran == []


@pytest.mark.parametrize(
    ("text", "ran"),
    [
        ("On apes\nmore words", ["words apes", "page apes"]),  # the same title and long words: cut off early
        ("On apes\nsome letters", ["words apes", "page apes", "index"]),
        ("Of apes\nsome words", ["words apes", "page apes", "list"]),
        ("On great apes\nsome words", ["words apes", "page apes", "list", "longest", "index"]),
        ("On apes\nsome words, a draft", ["words apes", "page apes", "index"]),
    ],
)
def test_an_edit_runs_the_tasks_that_read_it(text: str, ran: list[str], library: Library) -> None:
    library.books["apes"] = text
    library.build()
    assert sorted(library.ran) == sorted(ran)


def test_a_file_that_is_no_longer_yielded_is_deleted(library: Library) -> None:
    library.books["apes"] = "On apes\na draft"
    assert "apes/print.html" not in library.build()
    del library.books["bees"]
    assert not any(path.startswith("bees/") for path in library.build())
    library.books["bees"] = "On bees\nother words"
    assert "bees/print.html" in library.build()


def test_a_missing_record_is_an_input(tmp_path: Path) -> None:
    books: Texts = {}

    def stages(inputs: Inputs) -> list[list[Task]]:
        traced = TracedMapping(inputs, "book", books)
        return [[plain_task("a", lambda: [File("a", str(traced.get("apes")).encode())])]]

    build(tmp_path / "site", stages)
    books["apes"] = "there"
    build(tmp_path / "site", stages)
    assert files_of(tmp_path / "site") == {"a": b"there"}


@pytest.mark.parametrize("what", ["edited", "deleted", "added", "a folder", "a link"])
def test_a_manual_change_of_the_site_is_undone(what: str, library: Library) -> None:
    page = library.site / "apes/index.html"
    if what == "added":
        (library.site / "apes/more.html").touch()
    else:
        page.unlink()
    if what == "edited":
        page.write_bytes(b"On apes\nspoilt")
    elif what == "a folder":
        page.mkdir()
        (page / "x").touch()
    elif what == "a link":
        page.symlink_to(library.site / "bees/index.html")
    library.build()
    assert library.ran == ([] if what == "added" else ["page apes"])


def test_a_file_and_a_folder_can_exchange_their_paths(tmp_path: Path) -> None:
    paths = ["a", "b/c/d", "b/c/e"]

    def stages(_inputs: Inputs) -> list[list[Task]]:
        return [[plain_task(path, partial(_one, path)) for path in paths]]

    for paths in (["a", "b/c/d", "b/c/e"], ["a/x", "b"], ["a", "b/c/d"], ["a/x", "b"]):
        build(tmp_path / "site", stages)
        assert files_of(tmp_path / "site") == {path: path.encode() for path in paths}


def _one(path: str) -> Iterator[File]:
    yield File(path, path.encode())


def test_another_program_runs_everything(library: Library) -> None:
    library.build(version=b"2")
    assert len(library.ran) == 9


@pytest.mark.parametrize("lost", ["everything", "traces", "values", "manifests"])
def test_a_cache_without_some_entries_costs_only_time(lost: str, library: Library) -> None:
    cache = Cache(library.site.parent / "cache", b"1")
    kinds = {"traces": [TRACES], "values": [VALUES], "manifests": [manifests_kind(library.site)]}
    for kind in kinds.get(lost, [TRACES, VALUES, manifests_kind(library.site)]):
        assert cache.keys(kind)
        cache.put(kind, {}, drop=cache.keys(kind))
    cache.close()
    library.books["cows"] += " mooo"
    library.build()
    assert library.ran


def test_a_value_whose_bytes_changed_in_the_cache_is_refused(library: Library) -> None:
    cache = Cache(library.site.parent / "cache", b"1")
    cache.put(VALUES, {"words bees": _spoilt(cache, "words bees")})
    cache.close()
    library.books["apes"] += " longer words"
    with pytest.raises(CacheDamaged, match="words bees"):
        library.build()


def test_an_empty_value_needs_no_cache(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("not a folder", "utf-8")
    library = Library(tmp_path)
    library.books = {"cows": "On cows\nmoo"}  # without long words
    assert library.build()["index.html"] == b""


def test_a_value_of_a_build_that_failed_is_computed_again(library: Library) -> None:
    """That build stored its values, but not its traces."""
    cache = Cache(library.site.parent / "cache", b"1")
    cache.put(VALUES, {"words bees": hash_of(b"newer") + b"newer"})
    cache.close()
    library.books["apes"] += " longer words"
    library.build()
    assert "words bees" in library.ran


def _spoilt(cache: Cache, name: str) -> bytes:
    """A cached value whose bytes do not match its hash."""
    packed = cache.get(VALUES, name)
    assert packed
    return packed[:HASH_LENGTH] + b"spoilt"


def test_after_a_rollback_stale_files_are_built_again(library: Library) -> None:
    """The traces in the cache are newer than the site in place."""
    first = files_of(library.site)
    library.books["apes"] = "On apes\nnew letters"
    second = library.build()
    assert roll_back(library.site)
    assert files_of(library.site) == first
    assert library.build() == second


def test_a_site_published_by_a_killed_build_is_not_mistaken_for_the_one_before(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build is killed before it stores its traces; then the edit is undone."""
    before = library.books["apes"]
    library.books["apes"] = "On apes\nnew letters"

    def killed(_build: Build) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Build, "save", killed)
        with pytest.raises(KeyboardInterrupt):
            library.build()
    library.books["apes"] = before
    library.build()


def test_a_build_that_cannot_store_its_traces_costs_only_time(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(_traces: Traces) -> bytes:
        raise WorkerLost("a worker process was killed")

    with monkeypatch.context() as patch:
        patch.setattr(Traces, "packed", lost)
        library.books["apes"] = "On apes\nnew letters"
        library.build()
    library.build()
    assert "page apes" in library.ran


def test_several_processes_give_the_same_files_as_one(library: Library) -> None:
    library.books |= {f"book{number}": f"On {number}\nwords and letters {number}" for number in range(40)}
    library.build(workers=3)
    library.books["book7"] = "On seven\nother"
    library.build(workers=3)


def test_a_killed_worker_is_an_error_and_leaves_no_site(tmp_path: Path) -> None:
    def killed() -> Iterator[File]:
        os.kill(os.getpid(), signal.SIGKILL)
        yield File("a", b"")

    with pytest.raises(WorkerLost):
        build(tmp_path / "site", lambda _: [[plain_task("a", killed)]], workers=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.spare", "cache"]


@pytest.mark.parametrize("workers", [1, 2])
def test_an_exception_of_a_task_is_raised_and_the_site_stays(workers: int, library: Library) -> None:
    def fail() -> Iterator[File]:
        yield File("apes/index.html", b"half")
        raise ValueError("no such book")

    before = files_of(library.site)
    with pytest.raises(ValueError, match="no such book"):
        build(library.site, lambda _: [[plain_task("page apes", fail)]], workers)
    assert files_of(library.site) == before
    library.build()
    assert library.ran == []


@pytest.mark.parametrize(
    ("tasks", "message"),
    [
        ([plain_task("a", partial(_one, "x")), plain_task("b", partial(_one, "x"))], "b: another task yields x, too"),
        ([plain_task("a", partial(_one, "x")), plain_task("a", partial(_one, "y"))], "two tasks are named a"),
    ],
)
def test_equal_names_or_paths_of_tasks_are_refused(tasks: list[Task], message: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=message):
        build(tmp_path / "site", lambda _: [tasks])


def test_each_finished_task_is_reported(tmp_path: Path) -> None:
    ended: list[int] = []

    def store(file: File) -> StoredFile:
        return StoredFile(file.path, hash_of(file.data), len(file.data), b"")

    tasks = [plain_task(str(number), partial(_one, str(number))) for number in range(30)]
    inputs = Inputs()
    engine = Build(inputs, Cache(), lambda _path: b"", store, ended.append)
    with local_work(inputs, tasks, store) as work, local_executor(2) as executor:
        engine.run(tasks, Workers(executor, 2, 3), work)
    assert sum(ended) == 30
    assert engine.stored.keys() == {str(number) for number in range(30)}


# --- the command -------------------------------------------------------------------------------------------------


@pytest.fixture
def site(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Build the toy content into ``site``, with ``strict``."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("DIGEST_CACHE", str(tmp_path / "cache"))
    return lambda folder="site": build_command.run(BuildOptions(content, tmp_path / folder, strict=True))


DOGS = "papers/conf-2025/zhu2025dogs.yaml"


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.usefixtures("all_processes")
def test_edits_give_the_files_of_a_clean_build_and_no_edit_builds_nothing(
    site: Callable[..., int], content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def built() -> dict[str, bytes]:
        assert site() == 0
        return files_of(tmp_path / "site")

    first = built()
    _replace(content / DOGS, "Dogs that fetch", "Dogs that wait")
    (content / "papers/preprint-2025.jsonl").unlink()
    shutil.rmtree(content / "collections")  # some name those papers
    with (content / "pages/about.md").open("a", encoding="utf-8") as page:
        page.write("\n> Another word.\n")
    second = built()
    assert second != first
    assert files_of(tmp_path / "site.previous") == first
    assert site("clean") == 0
    assert files_of(tmp_path / "clean") == second
    capsys.readouterr()
    inode = (tmp_path / "site").stat().st_ino
    assert built() == second
    assert (tmp_path / "site").stat().st_ino == inode
    (tmp_path / "site/about/index.html").write_text("spoilt", "utf-8")
    assert built() == second
    assert roll_back(tmp_path / "site")
    (tmp_path / "site/rolled").touch()
    assert built() == second


def test_after_a_rollback_the_next_build_is_not_skipped(
    site: Callable[..., int], content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert site() == 0
    _replace(content / DOGS, "Dogs that fetch", "Dogs that wait")
    assert site() == 0
    edited = files_of(tmp_path / "site")
    assert roll_back(tmp_path / "site")
    assert site() == 0
    assert files_of(tmp_path / "site") == edited
    capsys.readouterr()
    assert site() == 0
    assert (tmp_path / "site" / MARKER).is_file()


def test_an_edit_during_a_build_is_built_next_time(
    site: Callable[..., int], content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed = BuildOptions.input_hash

    def edited_after(options: BuildOptions) -> bytes:
        options_hash = hashed(options)
        monkeypatch.setattr(BuildOptions, "input_hash", hashed)
        _replace(content / DOGS, "Dogs that fetch", "Dogs that wait")
        return options_hash

    monkeypatch.setattr(BuildOptions, "input_hash", edited_after)
    open_project = project_command.open_project

    def opened(*arguments: object, **named: object) -> object:
        _replace(content / DOGS, "Dogs that wait", "Dogs that fetch")
        project = open_project(*arguments, **named)  # type: ignore[arg-type]
        _replace(content / DOGS, "Dogs that fetch", "Dogs that wait")
        return project

    with monkeypatch.context() as patch:
        patch.setattr(project_command, "open_project", opened)
        assert site() == 0
    page = tmp_path / "site/papers/zhu2025dogs/index.html"
    assert "Dogs that fetch" in page.read_text("utf-8")
    assert site() == 0
    assert "Dogs that wait" in page.read_text("utf-8")


def test_a_damaged_cache_is_cleared_and_the_build_is_repeated(
    site: Callable[..., int], content: Path, tmp_path: Path
) -> None:
    assert site() == 0
    _replace(content / DOGS, "Dogs that fetch", "Dogs that wait")
    (folder,) = [path for path in (tmp_path / "cache").iterdir() if path.is_dir()]
    cache = Cache(folder, program_version())
    cache.put(VALUES, {name: _spoilt(cache, name) for name in cache.keys(VALUES)})
    cache.close()
    assert site() == 0
    spoilt = files_of(tmp_path / "site")
    shutil.rmtree(tmp_path / "cache")
    assert site("clean") == 0
    assert files_of(tmp_path / "clean") == spoilt


@pytest.mark.usefixtures("all_processes")
def test_a_page_built_by_mkdocs_is_reused_until_it_or_the_list_of_pages_changes(
    site: Callable[..., int], content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A link is reported as dead once its target is gone, although its own page did not change."""
    about = content / "pages/about.md"
    about.write_text("# About\n\n| a |\n|---|\n| [b](../papers/anon2025ghosts/index.md) |\n", "utf-8")
    built: list[str] = []
    plainly = SitePages.build_by_mkdocs

    def noted(pages: SitePages, path: str, text: str) -> object:
        built.append(path)
        return plainly(pages, path, text)

    monkeypatch.setattr(SitePages, "build_by_mkdocs", noted)
    assert site() == 0
    assert "about/index.md" in built
    built.clear()
    _replace(content / DOGS, "Dogs that fetch", "Dogs that wait")
    assert site() == 0
    assert "about/index.md" not in built
    (content / "papers/preprint-2025.jsonl").unlink()
    shutil.rmtree(content / "collections")  # some name those papers
    assert site() == 1
    assert "was left as it is: " in capsys.readouterr().err
