"""Pages for the HTML checker."""

from pathlib import Path

from tools.html_checker.__main__ import one_of_each_kind


def test_the_largest_page_of_each_kind_is_checked(tmp_path: Path) -> None:
    sizes = {
        "index.html": 1,
        "topics/index.html": 5,
        "topics/a/index.html": 3,
        "topics/b/index.html": 4,
        "x/index.html": 2,
    }
    for path, size in sizes.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x" * size, "utf-8")
    pages = {path.relative_to(tmp_path).as_posix() for path in one_of_each_kind(tmp_path)}
    assert pages == {"index.html", "topics/index.html", "topics/b/index.html", "x/index.html"}
