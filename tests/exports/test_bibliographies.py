"""Bibliography files of papers and lists."""

import json
import re
from datetime import date

from tests.support.small_content import content, exports_of, paper


def test_each_paper_has_three_citation_files() -> None:
    files = exports_of(content(paper(doi="10.5555/ropes")))
    bib, ris, csl = (files[f"papers/reef2025ropes/cite.{ending}"] for ending in ("bib", "ris", "json"))
    assert bib.startswith("@inproceedings{reef2025ropes,")
    assert ris.startswith("TY  - ")
    assert [item["id"] for item in json.loads(csl)] == ["reef2025ropes"]


def test_long_lists_have_two_formats_in_the_order_of_their_page() -> None:
    days = {"a2025": 2, "b2025": 3, "c2025": 1}
    papers = [paper(paper_id, published=date(2025, 5, day)) for paper_id, day in days.items()]
    files = exports_of(content(*papers))
    assert [item["id"] for item in json.loads(files["topics/cats/papers.json"])] == ["b2025", "a2025", "c2025"]
    assert re.findall(r"^@\w+\{(\w+),", files["topics/cats/papers.bib"], re.MULTILINE) == ["b2025", "a2025", "c2025"]
    assert "topics/cats/papers.ris" not in files


def test_short_lists_have_no_bibliography() -> None:
    files = exports_of(content(paper("a2025"), paper("b2025")))
    assert not [path for path in files if path.startswith("topics/") and path.endswith((".bib", "papers.json"))]
