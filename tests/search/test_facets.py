"""Files of facets: which papers have which values."""

import json
from dataclasses import replace
from typing import Any

from generator.build.inputs import Inputs
from generator.build.task import File
from generator.model.catalog import Catalog
from generator.search.facets import FacetFiles, title_ranks_file
from tests.conftest import SETTINGS


def _files(catalog: Catalog) -> dict[str, Any]:
    facets = FacetFiles(catalog, SETTINGS, Inputs())
    files = [item for task in facets.tasks() for item in task.run({}) if isinstance(item, File)]
    return {file.path: json.loads(file.data) for file in files}


def _values(catalog: Catalog, name: str) -> list[list[str]]:
    """The names of the values of each paper."""
    facet = next(facet for facet in _files(catalog)["search/facets.json"] if facet["name"] == name)
    through = facet.get("through")
    of: list[Any] = facet["of"]
    if through:
        outer = next(facet for facet in _files(catalog)["search/facets.json"] if facet["name"] == through)
        of = [of[index] for index in outer["of"]]
    lists = [indexes if isinstance(indexes, list) else [] if indexes is None else [indexes] for indexes in of]
    return [[facet["values"][index][0] for index in indexes] for indexes in lists]


def test_each_paper_has_its_venue_and_year_through_its_edition(toy: Catalog) -> None:
    papers = list(toy.papers.values())
    assert _values(toy, "edition") == [[toy.editions[paper.venue].name] for paper in papers]
    assert _values(toy, "venue") == [[toy.editions[paper.venue].series.name] for paper in papers]
    years = [toy.editions[paper.venue].edition.year for paper in papers]
    assert _values(toy, "year") == [[str(year)] if year else [] for year in years]


def test_topics_have_their_parents_and_papers_their_topics(toy: Catalog) -> None:
    facet = next(facet for facet in _files(toy)["search/facets.json"] if facet["name"] == "topic")
    ids = [topic_id for _, topic_id, _ in facet["values"]]
    assert {ids[parent] for _, _, parent in facet["values"] if parent is not None} <= set(toy.topics)
    assert len(_values(toy, "topic")) == len(toy.papers)
    assert [len(values) for values in _values(toy, "topic")] == [len(paper.topics) for paper in toy.papers.values()]


def test_code_awards_and_limitations_are_yes_or_no(toy: Catalog) -> None:
    papers = list(toy.papers.values())
    assert _values(toy, "code") == [["yes" if paper.links.code else "no"] for paper in papers]
    name = next(iter(toy.papers))
    for text, value in (("Not stated.", "no"), ("Only cats.", "yes")):
        edited = replace(toy, papers={**toy.papers, name: replace(toy.papers[name], limitations={"": text})})
        assert _values(edited, "limits")[0] == [value]


def test_an_id_that_follows_from_the_name_is_left_out(toy: Catalog) -> None:
    authors = _files(toy)["search/facets/author.json"]
    listed = list(toy.authors.values())
    assert [value[0] for value in authors["values"]] == [author.name for author in listed]
    assert any(len(value) == 1 for value in authors["values"])
    assert all(
        len(value) == 1 or value[1] == author.id for value, author in zip(authors["values"], listed, strict=True)
    )


def test_titles_are_ranked_without_regard_to_case() -> None:
    assert json.loads(title_ranks_file(["b", "A", "c", "a"]).data) == [2, 0, 3, 1]
