"""Namesakes: separated by hand and by ORCID iD, joined again, and every address stays."""

import json
from pathlib import Path

import pytest

from generator.commands.check import advice_of, problems_of
from generator.model.catalog import Catalog, build_catalog
from generator.store.load import load
from tests.exports.test_redirects import redirect_files
from tests.support.command import digest

ONE, OTHER = "0000-0001-5109-3700", "0000-0002-1694-233X"


def _papers(content: Path, *authors: object) -> None:
    """A paper for each of ``authors``, the oldest first, with nothing in common."""
    rows = [
        {"id": f"paper2025{letter}", "title": f"Title {letter}", "authors": [author], "venue": "conf-2025"}
        | {"topics": ["cats"], "added": f"2025-03-0{number}"}
        for number, (letter, author) in enumerate(zip("abcdef", authors, strict=False), 1)
    ]
    (content / "papers/conf-2025.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")


def _catalog(content: Path) -> Catalog:
    loaded = load(content)
    assert [problem for problem in problems_of(loaded) if problem.is_error] == []
    return build_catalog(loaded.content)


def _ids(content: Path) -> list[str]:
    catalog = _catalog(content)
    return [catalog.author_ids[paper][0] for paper in sorted(catalog.papers) if paper.startswith("paper2025")]


def _person(content: Path, name: str, text: str) -> None:
    (content / f"people/{name}.yaml").write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("authors", "ids"),
    [
        (["Wei Wu", "Wei Wu"], ["wei-wu", "wei-wu"]),
        (["Wei Wu", {"name": "Wei Wu", "id": "wei-wu-eth"}], ["wei-wu", "wei-wu-eth"]),
        ([{"name": "Wei Wu", "orcid": ONE}, "Wei Wu"], ["wei-wu", "wei-wu"]),
        ([{"name": "Wei Wu", "orcid": ONE}, {"name": "Wei Wu", "orcid": OTHER}], ["wei-wu", "wei-wu-233x"]),
        ([{"name": "Wei Wu", "orcid": ONE}, {"name": "W. Wu", "orcid": ONE}, "W. Wu"], ["wei-wu", "wei-wu", "w-wu"]),
        ([{"name": "José Wu", "orcid": ONE}, {"name": "Jose Wu", "orcid": OTHER}], ["jose-wu", "jose-wu-233x"]),
        (["Wei Wu", {"name": "Wei Wu", "orcid": ONE}, {"name": "Wei Wu", "orcid": OTHER}],
         ["wei-wu", "wei-wu", "wei-wu-233x"]),
    ],
)  # fmt: skip
def test_only_an_id_or_an_orcid_separates_two_people(content: Path, authors: list[object], ids: list[str]) -> None:
    _papers(content, *authors)
    assert _ids(content) == ids


@pytest.mark.parametrize(
    ("files", "authors", "ids"),
    [
        ({"wei-wu-b": "papers:\n- paper2025b"}, ["Wei Wu", "Wei Wu"], ["wei-wu", "wei-wu-b"]),
        ({"wei-wu-a": "papers:\n- paper2025a", "wei-wu-b": "papers:\n- paper2025b"}, ["Wei Wu"] * 3,
         ["wei-wu-a", "wei-wu-b", "wei-wu"]),
        ({"wu": f'orcid: "{ONE}"'}, [{"name": "W. Wu", "orcid": ONE}, "Wei Wu"], ["wu", "wu"]),
        ({"wu": f'orcid: "{ONE}"'}, ["Wei Wu", {"name": "Wei Wu", "orcid": OTHER}], ["wu", "wei-wu"]),
        ({"wu": f'orcid: "{ONE}"', "wu2": "aliases:\n- W. Wu"}, ["Wei Wu", {"name": "Wei Wu", "orcid": ONE}],
         ["wu2", "wu"]),
        ({"wu": f'orcid: "{ONE}"', "wu2": f'orcid: "{OTHER}"'}, ["Wei Wu", {"name": "Wei Wu", "orcid": OTHER}],
         ["wei-wu", "wu2"]),
    ],
)  # fmt: skip
def test_the_papers_of_a_file_separate_namesakes(
    content: Path, files: dict[str, str], authors: list[object], ids: list[str]
) -> None:
    _papers(content, *authors)
    for name, text in files.items():
        _person(content, name, f"name: Wei Wu\n{text}\n")
    assert _ids(content) == ids


def test_namesakes_have_pages_that_link_to_each_other(content: Path, tmp_path: Path) -> None:
    _papers(content, "Wei Wu", {"name": "Wei Wu", "orcid": ONE}, {"name": "Wei Wu", "orcid": OTHER})
    assert digest("generate", "--content", content, "--out", tmp_path / "docs") == 0
    one, other = ((tmp_path / f"docs/authors/{name}/index.md").read_text("utf-8") for name in ("wei-wu", "wei-wu-233x"))
    assert "Not to be confused with: [Wei Wu](../wei-wu-233x/index.md)" in one
    assert "Not to be confused with: [Wei Wu](../wei-wu/index.md)" in other
    assert (ONE in one, OTHER in other, OTHER in one) == (True, True, False)
    assert "Title a" in one
    assert "Title a" not in other
    paper = (tmp_path / "docs/papers/paper2025c/index.md").read_text("utf-8")
    assert "[Wei Wu](../../authors/wei-wu-233x/index.md)" in paper


def _addresses(content: Path) -> set[str]:
    """Every address of an author: pages, and pages that lead on."""
    catalog = _catalog(content)
    moved = {page.path.removesuffix("/index.html") for page in redirect_files(catalog)}
    return {f"authors/{name}" for name in catalog.authors} | {path for path in moved if path.startswith("authors/")}


def test_splitting_and_joining_keep_every_address(content: Path) -> None:
    """One page; split by hand; both moved to files; split by ORCID instead; joined again: no address is lost."""
    steps: list[tuple[list[object], dict[str, str]]] = [
        (["Wei Wu", "Wei Wu"], {}),
        (["Wei Wu", {"name": "Wei Wu", "id": "wei-wu-eth"}], {}),
        (["Wei Wu", "Wei Wu"], {"wei-wu-eth": "papers:\n- paper2025b", "wei-wu-mit": "papers:\n- paper2025a"}),
        ([{"name": "Wei Wu", "orcid": ONE}, {"name": "Wei Wu", "orcid": OTHER}],
         {"wei-wu-eth": f'orcid: "{OTHER}"', "wei-wu-mit": f'orcid: "{ONE}"'}),
        (["Wei Wu", "Wei Wu"], {"wei-wu-eth": "earlier_ids:\n- wei-wu-mit"}),
    ]  # fmt: skip
    published: set[str] = set()
    for authors, files in steps:
        _papers(content, *authors)
        for path in (content / "people").glob("wei-*"):
            path.unlink()
        for name, text in files.items():
            _person(content, name, f"name: Wei Wu\n{text}\n")
        assert digest("check", "--content", content, "--update-permalinks") == 0
        assert published <= _addresses(content)
        published |= _addresses(content)
    assert {"authors/wei-wu", "authors/wei-wu-eth", "authors/wei-wu-mit"} <= published
    assert _ids(content) == ["wei-wu-eth", "wei-wu-eth"]


def test_the_address_of_a_separated_namesake_stays(content: Path) -> None:
    _papers(content, {"name": "Wei Wu", "orcid": ONE}, {"name": "Wei Wu", "orcid": OTHER})
    assert digest("check", "--content", content, "--update-permalinks") == 0
    assert "authors/wei-wu-233x\n" in (content / "permalinks.txt").read_text("utf-8")
    _papers(content, "Wei Wu", "Wei Wu")
    (lost,) = [problem for problem in problems_of(load(content)) if problem.code == "E320"]
    assert "earlier_ids" in lost.hint
    _person(content, "wei-wu", "name: Wei Wu\nearlier_ids:\n- wei-wu-233x\n")
    assert [problem for problem in problems_of(load(content)) if problem.is_error] == []


def test_a_file_with_only_the_name_joins_namesakes(content: Path) -> None:
    crowd = [f"{given} Wu" for given in ("Bo", "Cy", "Di", "Ed", "Fa", "Gu", "Hu")]
    rows = [
        {"id": "wu2025mice", "title": "Mice", "authors": ["Wei Wu", *crowd], "venue": "conf-2025", "topics": ["cats"]},
        {"id": "wu2025owls", "title": "Owls", "authors": ["Wei Wu", "Wei Elm"], "venue": "preprint-2025"}
        | {"topics": ["owls"]},
    ]
    (content / "topics/owls.yaml").write_text("name: Owls\n", "utf-8")
    for row in rows:
        text = "".join(f"{json.dumps({**row, 'added': '2025-03-01'})}\n")
        path = content / f"papers/{row['venue']}" / f"{row['id']}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.replace('"id": "' + str(row["id"]) + '", ', ""), "utf-8")
    assert [problem.code for problem in advice_of(load(content)) if problem.code == "W328"] == ["W328"]
    _person(content, "wei-wu", "name: Wei Wu\n")
    assert "W328" not in [problem.code for problem in advice_of(load(content))]
