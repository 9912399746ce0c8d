"""Pages of a site one by one: paths of sources and outputs, front matter, and the shared converter."""

import markdown
import pytest

from generator.site.site_pages import deferred_name, folder_of, output_path, parse_source, reused_converters, source_of


@pytest.mark.parametrize(
    ("path", "folder", "output"),
    [
        ("index.md", "", "index.html"),
        ("papers/a/index.md", "papers/a", "papers/a/index.html"),
        ("about.md", "about", "about/index.html"),
        ("x/findex.md", "x/findex", "x/findex/index.html"),
    ],
)
def test_a_page_has_a_folder_and_an_output_file(path: str, folder: str, output: str) -> None:
    assert (folder_of(path), output_path(path)) == (folder, output)
    if path.endswith("/index.md") or path == "index.md":
        assert source_of(output) == path


def test_front_matter_of_the_generator_is_read() -> None:
    source = parse_source('---\ntitle: "A: b"\nkind: "paper"\ntags: [["x","y"]]\n---\n\n\n# A\n---\n')
    assert source
    assert source.meta == {"title": "A: b", "kind": "paper", "tags": [["x", "y"]]}
    assert source.markdown == "# A\n---\n"


@pytest.mark.parametrize(
    "front",
    [
        'title: "A"',  # no kind
        'title: ""\nkind: "paper"',
        'title: A\nkind: "paper"',  # not JSON
        'title: ["A"]\nkind: "paper"',  # another type
        'title: "A"\nkind: "paper"\ntemplate: "x"',  # a field that the generator does not write
        'title: "A"\nkind: "paper"\n  x: "y"',
    ],
)
def test_other_front_matter_is_left_to_mkdocs(front: str) -> None:
    assert parse_source(f"---\n{front}\n---\n\ntext") is None
    assert parse_source(f"{front}\n---\n") is None
    assert parse_source(f"---\n{front}\n") is None


def test_reused_converters_is_reused_without_what_the_last_page_left() -> None:
    plain = markdown.Markdown
    with reused_converters():
        first = markdown.Markdown(extensions=["footnotes"])
        assert "footnote" in first.convert("a[^1]\n\n[^1]: x")
        second = markdown.Markdown(extensions=["footnotes"])
        assert second is first
        assert second.convert("b") == "<p>b</p>"
        assert markdown.Markdown(extensions=[]) is not first
    assert markdown.Markdown is plain


def test_the_converter_is_restored_after_an_error() -> None:
    plain = markdown.Markdown
    with pytest.raises(ZeroDivisionError), reused_converters():
        1 / 0  # noqa: B018
    assert markdown.Markdown is plain


def test_each_deferred_page_has_a_name_of_its_own() -> None:
    assert deferred_name("a.md") != deferred_name("b.md")
