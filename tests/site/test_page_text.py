"""The text of a page's article, as two builds are compared."""

from pathlib import Path

from generator.site.page_text import page_lines, page_paths

FRAME = "<html><head><title>T</title></head><body><nav>Frame</nav><article id=content>{}</article></body></html>"


def test_a_block_is_a_line_and_external_links_show_their_address() -> None:
    html = FRAME.format("<h1>A <em>b</em></h1><p>See <a href='https://x.example/'>this</a></p><script>no()</script>")
    assert page_lines(html) == ["A b", "See <https://x.example/> this"]
    assert page_lines(html.replace("https", "http")) == ["A b", "See <http://x.example/> this"]


def test_the_frame_of_a_page_and_elements_without_text_are_ignored() -> None:
    html = FRAME.format("<p>A<style>p{}</style><svg><title>icon</title></svg> b</p><template>c</template>")
    assert page_lines(html) == ["A b"]
    assert page_lines("<p>no article</p>") == []


def test_a_stray_end_tag_hides_no_text() -> None:
    assert page_lines(FRAME.format("</script>A<script>x</script> b")) == ["A b"]


def test_spaces_and_empty_blocks_do_not_matter() -> None:
    assert page_lines(FRAME.format("<p> A   b</p>\n\n<p> </p>")) == page_lines(FRAME.format("<p>A b</p>")) == ["A b"]


def test_pages_are_listed_by_folder(tmp_path: Path) -> None:
    for folder in ("", "papers/a", "about"):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / "index.html").touch()
    (tmp_path / "404.html").touch()
    assert list(page_paths(tmp_path)) == ["about/", "", "papers/a/"]
