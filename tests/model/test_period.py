"""Periods of mailings and the papers in them."""

from dataclasses import replace
from datetime import date

from generator.model.catalog import Catalog, Content, build_catalog
from generator.model.paper import Status
from generator.model.period import (
    Length,
    Subscription,
    group_by_area,
    papers_in_period,
    period_of,
    unknown_choices,
    weeks,
)
from generator.store.load import load
from generator.text.words import span_name
from tests.conftest import TOY


def test_a_period_has_days_slug_and_name() -> None:
    week = period_of(Length.WEEK, date(2026, 1, 1))
    assert (week.first, week.last, week.slug) == (date(2025, 12, 29), date(2026, 1, 4), "2026-W01")
    assert week.name == "29 December 2025 to 4 January 2026"
    month = period_of(Length.MONTH, date(2024, 2, 10))
    assert (month.first, month.last, month.slug, month.name) == (
        date(2024, 2, 1), date(2024, 2, 29), "2024-02", "February 2024"
    )  # fmt: skip
    assert period_of(Length.DAY, date(2024, 2, 9)).name == "9 February 2024"
    assert span_name(date(2026, 4, 27), date(2026, 5, 3)) == "27 April to 3 May 2026"


def test_every_paper_is_in_one_week(real: Catalog) -> None:
    listed = [paper for week in weeks(real) for paper in papers_in_period(real, week)]
    assert sorted(listed) == sorted(real.papers)
    for week in weeks(real):
        areas = group_by_area(real, papers_in_period(real, week))
        assert sorted(sum(areas.values(), ())) == sorted(papers_in_period(real, week))


def test_a_subscription_includes_subtopics_and_venues(real: Catalog) -> None:
    month = period_of(Length.MONTH, date(2025, 9, 1))
    everything = papers_in_period(real, month)
    robust = papers_in_period(real, month, Subscription(topics=("robustness",)))
    below = {"robustness", *real.subtopics["robustness"]}
    assert 0 < len(robust) < len(everything)
    assert all(below & set(real.papers[paper].topics) for paper in robust)
    either = papers_in_period(real, month, Subscription(topics=("robustness",), venues=("iclr",)))
    assert set(robust) < set(either)
    assert any(real.papers[paper].venue.startswith("iclr") for paper in set(either) - set(robust))
    assert list(unknown_choices(real, Subscription(topics=("x",), venues=("iclr", "iclr-2024", "y")))) == [
        "topic x", "venue y"
    ]  # fmt: skip


def test_a_withdrawn_paper_is_left_out() -> None:
    content = load(TOY).content
    papers = tuple(replace(paper, status=Status.WITHDRAWN) for paper in content.papers)
    catalog = build_catalog(replace_papers(content, papers))
    assert [papers_in_period(catalog, week) for week in weeks(catalog)] == [()] * len(weeks(catalog))


def replace_papers(content: Content, papers: tuple[object, ...]) -> Content:
    return Content(papers=papers, series=content.series, topics=content.topics, pages=content.pages)  # type: ignore[arg-type]


def test_the_founding_collection_is_in_no_period(toy: Catalog) -> None:
    content = replace(load(TOY).content, collections=())
    last = max(toy.papers_by_added)
    before = max(day for day in toy.papers_by_added if day < last)
    founded = build_catalog(content, before)
    assert [papers_in_period(founded, week) for week in weeks(founded)] == [
        ("oconnor2025cats",)
    ]  # the other is retracted
    assert weeks(build_catalog(content, last)) == ()
