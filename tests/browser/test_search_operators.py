"""Search operators, names and mistakes, compared with the entries of the real digest."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from generator.model.catalog import Catalog
from generator.model.paper import Paper
from tools.search_quality.graded import are_found_first, identifiers, names

pytestmark = pytest.mark.browser

ANSWER = """async ([root, query]) => {
  const { answer } = await import(root + "/assets/javascripts/search-answer.js");
  const { parseState } = await import(root + "/assets/javascripts/search-state.js");
  const { paper } = await import(root + "/assets/javascripts/search-engine.js");
  const { numbers, fullMatchCount, usedText, unknownFilters } = await answer({ ...parseState(""), query });
  const papers = await Promise.all(numbers.map(paper));
  return { ids: papers.map(({ url }) => url.split("/")[2]), fullMatchCount, usedText, unknownFilters };
}"""
PLACES = """async ([root, query]) => {
  const { entities } = await import(root + "/assets/javascripts/search-entities.js");
  return (await entities(query)).map(({ path }) => path);
}"""


@pytest.fixture
def ask(page: Page, real_url: str) -> Callable[[str], Any]:
    page.goto(f"{real_url}/about/")
    return lambda query: page.evaluate(ANSWER, [real_url, query])


def _year(catalog: Catalog, paper: Paper) -> int:
    return catalog.editions[paper.venue].edition.year or 0


def _venue(catalog: Catalog, paper: Paper) -> str:
    return catalog.editions[paper.venue].name


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("year:2024..2026", lambda c, p: 2024 <= _year(c, p) <= 2026),
        ("year:2024-2026", lambda c, p: 2024 <= _year(c, p) <= 2026),
        ("year:..2019", lambda c, p: 0 < _year(c, p) <= 2019),
        ("year:>2024", lambda c, p: _year(c, p) > 2024),
        ("year:<=2018", lambda c, p: 0 < _year(c, p) <= 2018),
        ("jahr:2021", lambda c, p: _year(c, p) == 2021),
        ("-year:2023", lambda c, p: _year(c, p) != 2023),
        ("has:code", lambda c, p: p.links.code is not None),
        ("-has:code", lambda c, p: p.links.code is None),
        ('venue:"icml 2023"', lambda c, p: _venue(c, p) == "ICML 2023"),
        ("venue:neurips year:2025", lambda c, p: _venue(c, p) == "NeurIPS 2025"),
        ("author:stich", lambda c, p: any("Stich" in name for name in p.author_names)),
        ("track:oral", lambda c, p: p.track == "oral"),
    ],
)
def test_a_field_finds_the_papers_whose_entries_match(
    ask: Callable[[str], Any], real: Catalog, query: str, fits: Callable[[Catalog, Paper], bool]
) -> None:
    wanted = {paper.id for paper in real.papers.values() if fits(real, paper)}
    assert wanted
    assert set(ask(query)["ids"]) == wanted


def test_words_and_phrases_are_excluded(ask: Callable[[str], Any]) -> None:
    everything, quantized = set(ask("diffusion")["ids"]), set(ask("diffusion quantized")["ids"])
    left = ask("diffusion -quantized")["ids"]
    assert "huang2026qvgen" in everything & quantized
    assert "huang2026qvgen" not in left
    assert len(left) > len(everything) / 2
    assert set(left) < everything
    with_phrase = set(ask('diffusion "diffusion models"')["ids"])
    assert with_phrase
    assert not with_phrase & set(ask('diffusion -"diffusion models"')["ids"])


def test_or_finds_papers_with_either_word(ask: Callable[[str], Any]) -> None:
    grokking, mixup = (set(ask(word)["ids"]) for word in ("grokking", "mixup OR xyzzyq"))
    assert set(ask("grokking OR mixup")["ids"]) == grokking | mixup
    assert set(ask("grokking ODER mixup")["ids"]) == grokking | mixup


def test_phrases_in_any_quotes_are_found(ask: Callable[[str], Any]) -> None:
    plain = ask('"neural collapse" "mixup"')["ids"]
    assert "fisher2024pushing" in plain
    assert ask("“neural collapse” „mixup“")["ids"] == plain
    assert set(plain) <= set(ask('"neural collapse"')["ids"])


def test_a_title_and_an_identifier_are_fields(ask: Callable[[str], Any], real: Catalog) -> None:
    answer = ask("title:grokking")["ids"]
    assert {paper.id for paper in real.papers.values() if "grokking" in paper.title.lower()} == set(answer)
    assert ask("id:doshi2024grok")["ids"] == ["doshi2024grok"]


@pytest.mark.parametrize(
    "query", ["author:nobody", "-author:nobody", "venue:nowhere grokking", "year:soon", "has:legs"]
)
def test_an_unknown_value_is_never_answered_with_all_papers(ask: Callable[[str], Any], query: str) -> None:
    answer = ask(query)
    assert answer["ids"] == []
    assert answer["unknownFilters"]


def test_an_unknown_field_is_reported_and_its_words_are_searched(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}/search/?{urlencode({'q': 'pages:grokking'})}")
    expect(page.locator(".search-unknown")).to_contain_text("There is no field “pages”")
    expect(page.locator(".hit").first).to_be_visible()


@pytest.mark.parametrize("name", ["NeurIPS", "ICML", "nips", "epfl", "RLHF", "Stich", "iclr 2026 oral"])
def test_a_name_is_never_corrected(ask: Callable[[str], Any], name: str) -> None:
    answer = ask(name)
    assert answer["usedText"] == name
    assert answer["fullMatchCount"] > 0


@pytest.mark.parametrize(
    ("query", "used", "paper"),
    [
        ("kwantization video", "quantization video", "huang2026qvgen"),
        ("federatedlearning muon", "federated learning muon", "takezawa2026fedmuon"),
        ("difusion modles game engines", "diffusion models game engines", "valevski2025diffusion"),
        ("catastrofic overfitting layer", "catastrophic overfitting layer", "lin2024layer"),
        ("self supervised", "self supervised", "bardes2022vicreg"),
        ("quantisation of optimisers", "quantisation of optimisers", "wang2024bit"),
        ("RLVR quantile", "RLVR quantile", "wu2026quantile"),
        ("föderiertes Lernen Muon", "föderiertes Lernen Muon", "takezawa2026fedmuon"),
        ("Bildklassifikation Mixup", "Bildklassifikation Mixup", "zhang2018mixup"),
        ("Verlernen in großen Modellen", "Verlernen in großen Modellen", "cai2024single"),
        ("gradient-free optimization", "gradient-free optimization", "chen2024deepzero"),
        ("(L0,L1)-smoothness", "(L0,L1)-smoothness", "zhang2025convergence"),
        ("private language models", "private language models", "marek2026benchmarking"),
    ],
)
def test_abbreviations_synonyms_and_german_words_find_papers(
    ask: Callable[[str], Any], query: str, used: str, paper: str
) -> None:
    answer = ask(query)
    assert answer["usedText"].lower() == used.lower()
    assert paper in answer["ids"]


def test_papers_of_the_best_topic_are_raised(ask: Callable[[str], Any], real: Catalog) -> None:
    """Papers that explain predictions share a topic; those that merely explain something do not."""
    first = ask("explaining predictions")["ids"][:10]
    assert sum("interpretability" in real.papers[paper].topics for paper in first) >= 5


def test_a_complete_word_is_not_a_prefix(ask: Callable[[str], Any], real: Catalog) -> None:
    """`sam` is a word of the digest: `same` and `sample` are others."""
    answer = ask("grok learning")
    assert "doshi2024grok" in answer["ids"]
    assert answer["usedText"] == "grok learning"
    assert ask("sam")["fullMatchCount"] < len(real.papers) / 10


def test_papers_with_most_words_follow_below_a_line(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}/search/?q=can+language+models+forget+private+data+xyzzyq")
    expect(page.locator(".search-partly")).to_be_visible()
    expect(page.locator(".search-missing")).to_contain_text("No paper has “xyzzyq”")
    expect(page.locator(".hit").first).to_be_visible()
    page.goto(f"{real_url}/search/?q=can+language+models+forget+private+data")
    expect(page.locator(".hits-partly")).to_have_count(1)
    expect(page.locator(".hit-reason").first).to_be_visible()


def test_a_language_model_that_is_cheaper_to_train_is_found(ask: Callable[[str], Any]) -> None:
    assert ask("make language model training cheaper")["ids"]


def test_identifiers_and_names_find_their_pages(page: Page, real_url: str, real: Catalog) -> None:
    page.goto(f"{real_url}/about/")
    targets = list(identifiers(real))[::7]
    found_first = are_found_first(page, real_url, targets)
    assert [target for target, good in zip(targets, found_first, strict=True) if not good] == []
    targets = list(names(real))[::11]
    assert sum(are_found_first(page, real_url, targets)) >= 0.98 * len(targets)  # initials may be those of two people


def test_a_question_finds_its_topic(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}/about/")
    assert "topics/unlearning/" in page.evaluate(PLACES, [real_url, "removing concepts from a trained model"])


def test_the_box_answers_from_the_first_letter(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/about/")
    page.locator(".digest-header input").press_sequentially("d")
    expect(page.locator(".search-drop [role=option]").first).to_contain_text("Dogs")


def test_back_restores_the_shown_papers(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}/search/?q=learning")
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(".hits .card")).to_have_count(20)
    last = page.locator(".hits .card").nth(18)
    last.scroll_into_view_if_needed()
    height = page.evaluate("scrollY")
    last.locator(".card-title a").click()
    page.wait_for_url("**/papers/**")
    page.go_back()
    expect(page.locator(".hits .card")).to_have_count(20)
    page.wait_for_function("height => Math.abs(scrollY - height) < 200", arg=height)


def test_the_button_shows_how_many_papers_it_adds(page: Page, real_url: str) -> None:
    """Ten of the papers that are found are shown at first, and these are added."""
    page.goto(f"{real_url}/search/?q=learning")
    page.get_by_role("button", name="Add the 10 shown here to list").click()
    expect(page.locator("[data-reading-list-count]")).to_have_text("10")
    page.get_by_role("button", name="Show more").click()
    expect(page.get_by_role("button", name="Add the 20 shown here to list")).to_be_visible()


def test_control_and_enter_open_a_tab(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/about/")
    page.locator(".digest-header input").fill("dogs fetch")
    expect(page.locator(".search-drop .drop-paper").first).to_be_visible()
    with page.context.expect_page() as opened:
        page.keyboard.press("Control+Enter")
    assert opened.value.url.endswith("/search/?q=dogs+fetch")
    expect(page.locator("h1")).to_contain_text("About")
