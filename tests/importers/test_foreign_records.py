"""What bibliographies of other people hold: every year, name, venue, identifier and link arrives or is reported."""

# ruff: noqa: E501  # lists of names stand on one line, as in bibliographies

import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import FrameType

import pytest

from generator.codec.venue_names import VenueResolver
from generator.importers import bibtex, ris
from generator.importers.raw_paper import Options
from generator.model.entities import VenueName
from generator.text.bibtex_names import read_people
from generator.text.latex_text import read_latex
from tests.support.command import digest

OPTIONS = Options(origin="o")


ODD = """%% a remark
Text before the first record.
@comment{jabref-meta: grouping:0 AllEntriesGroup:;}
@preamble{"x"}
@set{s, entryset = {a, b}}
@collection{c, year = 2020}
@article{a, title = {One}, year = 2020, note = {first}, note = {second}}
@article{a, title = {Two}, year = 2020}
@article{, title = {Three}, year = 2020}
@article{, title = {Four}, year = 2020}
@article{long, title = {%s}, year = 2020}
@article{none, author = {Okoro, Ngozi}, year = 2020}
@inproceedings{
  five,
  title = {Five} year = 2020
}
@article(six,
  title = "Six", year = 2020
)
@article{broken, title = {Not {closed, year = 2020}
@misc{seven, title = {Seven}, year = 2020, !!, doi = {10.5555/seven}}
@misc{eight, title = {Eight}, year = 2020
@misc{nine, title = {Nine}}
""" % ("k" * 400)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_malformed_record_does_not_affect_others(
    encoding: str, content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "odd.bib"
    source.write_text(ODD, encoding)
    assert digest("import", source, "--content", content, "--strict") == 1
    assert digest("import", source, "--content", content, "-v") == 0
    out = capsys.readouterr()
    titles = {path.read_text("utf-8").split("\n")[1] for path in (content / "papers").glob("unrecorded*/*.yaml")}
    numbers = "One Two Three Four Five Six Seven Eight Nine".split()
    assert titles == {f"title: {number}" for number in numbers}
    for line, reason in [
        (5, "'s' is not a paper"),
        (6, "'c' is not a paper"),
        (8, "the key 'a' is already used in the file"),
        (11, "E212"),
        (12, "has no title"),
        (20, "a brace is not closed"),
        (2, "not imported: text outside of entries"),
        (3, "not imported: @comment"),
        (7, "not imported: repeated field note"),
    ]:
        assert any(f"{source}:{line}: " in row and reason in row for row in out.err.splitlines()), (line, reason)
    assert all(row.strip(": ") for row in out.err.splitlines())


def test_a_file_in_windows_1252_keeps_its_letters(content: Path, tmp_path: Path) -> None:
    source = tmp_path / "old.bib"
    source.write_bytes("@article{a, title = {Käse}, author = {Müller, Jörg}, year = 2020}".encode("cp1252"))
    assert digest("import", source, "--content", content) == 0
    assert "title: Käse" in (content / "papers/unrecorded-2020/muller2020kase.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    "name", ["ICLR 2026", "iclr 2026", "International Conference on Learning Representations 2026"]
)
def test_a_new_digest_knows_its_venues(name: str, tmp_path: Path) -> None:
    assert digest("init", tmp_path / "d", "--venue", name, "--bare", "--name", "D") == 0
    text = (tmp_path / "d/content/venues/iclr.yaml").read_text("utf-8")
    assert "full_name: International Conference on Learning Representations" in text
    assert "kind: conference" in text
    assert "iclr-2026" in text


def test_the_year_of_an_id_is_the_papers(content: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.bib"
    source.write_text(
        "@article{a, title = {Pots}, author = {Okoro, N.}, journal = {Kettles 2301}, year = 2023}\n"
        "@article{b, title = {Pans}, author = {Okoro, N.}, journal = {Kettles}}\n",
        "utf-8",
    )
    assert digest("import", source, "--content", content, "--added", "2026-05-02") == 0
    names = {path.stem for path in (content / "papers").rglob("okoro*.yaml")}
    assert names == {"okoro2023pots", "okoropans"}


def _steps(work: Callable[[], object]) -> int:
    """How many calls a work takes, of Python's functions and the library's."""
    count = 0

    def step(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event.endswith("call")

    sys.setprofile(step)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


WORST = {
    "latex formulas": lambda n: read_latex("\\(" * n),
    "latex groups": lambda n: read_latex("{" * n + "x" * n + "}" * n),
    "latex accents": lambda n: read_latex("\\'{" * n),
    "latex dollars": lambda n: read_latex("$$$" * n + "\\frac{" * n + "\\\\[" * n),
    "entries on one line": lambda n: bibtex.read("@article{a," * n, OPTIONS),
    "entries that are not closed": lambda n: bibtex.read("\n@article{a, b={" * n, OPTIONS),
    "text in an entry": lambda n: bibtex.read("@a{b," + "c d,=" * n, OPTIONS),
    "spaces before a key": lambda n: bibtex.read("@a{" + " " * n + "x " * n, OPTIONS),
    "joined pieces": lambda n: bibtex.read("@a{b, title = " + '"x" # ' * n, OPTIONS),
    "names": lambda n: read_people("A, B and " * n + "; C, D" * n + "{" * n),
    "et al.": lambda n: read_people("A " + "et al. " * n),
    "lines of a reference": lambda n: ris.read("TY  - JOUR\nTI  - x\n" + "cont\n" * n + "ER  - \n", OPTIONS),
    "tags of a reference": lambda n: ris.read("TY  - JOUR\n" + "AU  - x, y\n" * n + "ER  - \n", OPTIONS),
    "parents": lambda n: bibtex.read("".join(f"@a{{k{i}, title={{T}}, crossref={{k{i + 1}}}}}\n" for i in range(n)), OPTIONS),
    "a venue's name": lambda n: VenueResolver([]).edition_id(VenueName(name="A, (B " * n, year=2020)),
}  # fmt: skip


@pytest.mark.parametrize("name", WORST)
def test_work_grows_with_the_text(name: str) -> None:
    work = WORST[name]
    work(50)  # what is kept for later is made now
    steps = [_steps(lambda size=size: work(size)) for size in (200, 400, 800, 1600)]  # type: ignore[misc]
    for smaller, larger in pairwise(steps):
        assert larger < 2.3 * smaller + 100, steps


def test_a_text_with_zero_bytes_that_is_not_certainly_utf_16_is_refused(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "zeros.bib"
    source.write_bytes(b"@misc{a, title = {A\0\0 kettle}, year = 2020}")
    assert digest("import", source, "--content", content) == 1
    assert "save it as UTF-8" in capsys.readouterr().err
