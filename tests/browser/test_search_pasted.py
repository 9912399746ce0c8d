"""What readers paste from elsewhere, and names that are written unlike other words."""

import json
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from generator.model.catalog import Catalog

pytestmark = pytest.mark.browser

FIRST = """async ([root, query]) => {
  const { findPapers, paper } = await import(root + "/assets/javascripts/search-engine.js");
  const { numbers } = await findPapers(query);
  return numbers.length ? (await paper(numbers[0])).url.split("/")[2] : "";
}"""
FOUND = """async ([root, query, exact]) => {
  const { findPapers, paper } = await import(root + "/assets/javascripts/search-engine.js");
  const { numbers } = await findPapers(query, { exact });
  return (await Promise.all(numbers.map(paper))).map(({ url }) => url.split("/")[2]);
}"""
MISSING = """async ([root, words]) => {
  const { postings, stemOf } = await import(root + "/assets/javascripts/search-index.js");
  const out = [];
  for (const word of words) if (!(await postings(stemOf(word))).size) out.push(word);
  return out;
}"""
RANKED = """async ([root, scores, matches, lengths]) => {
  const { rank } = await import(root + "/assets/javascripts/search-ranking.js");
  const places = (numbers = []) => new Map(numbers.map((number) => [number, 1]));
  const read = (match) => ({ heads: [], ...match, titles: places(match.titles), people: places(match.people) });
  return rank(scores, matches.map(read), lengths).map(([number]) => number);
}"""
SHARPNESS = "foret2021sharpness"


@pytest.mark.parametrize(
    ("pasted", "paper"),
    [
        (
            "[7] P. Foret, A. Kleiner, et al., “Sharpness-aware minimization for efficiently improving "
            "generalization,” in Proc. ICLR, 2021, pp. 1-20.",
            SHARPNESS,
        ),
        ("arXiv:2010.01412v2 [cs.LG] 29 Apr 2021", SHARPNESS),
        ("arXiv preprint arXiv:2010.01412 (2020).", SHARPNESS),
        ("@misc{a, title={Other {W}ords}, eprint={2010.01412}, archivePrefix={arXiv}}", SHARPNESS),
        ("Sharpness | OpenReview https://openreview.net/forum?id=6Tm1mposlrM&noteId=x", SHARPNESS),
        ("Sharpness-Aware Mini- mization for Effi- ciently", SHARPNESS),
        ('"Sharpness-Aware Minimisation to Efficiently Improve"', SHARPNESS),
        ('"In-context learning and Occam\'s razor"', "elmoznino2025context"),
        ('"Understanding R1-Zero-Like Training"', "liu2025understanding"),
        ('"R1-Zero"', "liu2025understanding"),
        ("Sharpnes* minimi*", SHARPNESS),
        ("iclr21 sharpness", SHARPNESS),
        ("ICLR'21 sharpness aware", SHARPNESS),
        ("He linear regression demystified", "he2025context"),
    ],
)
def test_pasted_text_finds_its_paper(page: Page, real_url: str, pasted: str, paper: str) -> None:
    page.goto(f"{real_url}/about/")
    assert page.evaluate(FIRST, [real_url, pasted]) == paper


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("e.g. diffusion", "diffusion"),
        ("text2image", "text image"),
        ("state of the art diffusion", "diffusion"),
        ("which author introduced diffusion", "diffusion"),
        ("diffusion vs. autoregressive", "diffusion autoregressive"),
        ("Welche Verfahren gibt es, um overfitting zu vermeiden?", "avoid overfitting"),
    ],
)
def test_words_around_a_subject_do_not_change_the_first_paper(
    page: Page, real_url: str, typed: str, plain: str
) -> None:
    page.goto(f"{real_url}/about/")
    first, expected = (page.evaluate(FOUND, [real_url, text, False])[:5] for text in (typed, plain))
    assert len(set(first) & set(expected)) >= 3


def test_several_identifiers_find_their_papers(page: Page, real_url: str, real: Catalog) -> None:
    papers = [paper for paper in real.papers.values() if "arxiv" in paper.identifiers][:3]
    text = "\n".join(f"[{paper.identifiers['arxiv']}] and others" for paper in papers)
    page.goto(f"{real_url}/about/")
    assert page.evaluate(FOUND, [real_url, text, False]) == [paper.id for paper in papers]


def test_a_phrase_without_matches_is_searched_without_quotes_unless_exact(page: Page, real_url: str) -> None:
    phrase = '"sharpness conscious minimization"'
    page.goto(f"{real_url}/about/")
    assert SHARPNESS in page.evaluate(FOUND, [real_url, phrase, False])
    assert page.evaluate(FOUND, [real_url, phrase, True]) == []


def test_papers_with_most_words_contain_the_phrase(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}/about/")
    with_phrase = page.evaluate(FOUND, [real_url, '"label smoothing"', False])
    assert set(page.evaluate(FOUND, [real_url, '"label smoothing" xyzzyq', False])) == set(with_phrase)


def test_a_venue_and_year_in_one_word_find_the_edition(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}/about/")
    page.locator(".digest-header input").fill("iclr24")
    expect(page.locator(".search-drop .drop-page").first).to_contain_text("ICLR 2024")


def test_a_name_in_capitals_is_not_a_common_word(page: Page, real_url: str) -> None:
    """`MIT` is no German preposition: few papers have it as a name, all have the word in their German texts."""
    page.goto(f"{real_url}/about/")
    named = page.evaluate(FOUND, [real_url, "WER", False])
    assert 0 < len(named) < len(page.evaluate(FOUND, [real_url, "wer", False]))


@pytest.mark.parametrize("typed", ["best paper award", "GAN mode collapse"])
def test_rare_words_are_not_corrected_to_common_ones(page: Page, real_url: str, typed: str) -> None:
    page.goto(f"{real_url}/search/?{urlencode({'q': typed})}")
    expect(page.locator(".search-empty, .hits .hit").first).to_be_visible()
    expect(page.locator(".did-you-mean")).to_have_count(0)


def test_every_word_of_a_title_is_in_the_index(page: Page, real_url: str, real_site: Path) -> None:
    """Pagefind divides words at signs, digits and capitals, and leaves out short parts: those are added."""
    words = {
        word
        for file in real_site.glob("search/words/*.json")
        for word, line in json.loads(file.read_text("utf-8")).items()
        if not word.endswith(":") and isinstance(line, list) and line[1]
    }
    page.goto(f"{real_url}/about/")
    assert len(words) > 1000
    assert page.evaluate(MISSING, [real_url, sorted(words)]) == []


def test_vague_words_of_a_title_count_beside_a_name(page: Page, toy_url: str) -> None:
    """Paper 1 is of the person and has the vague word in its title, paper 0 is of the person, paper 2 has the word."""
    scores = [{"number": number, "score": 1} for number in range(3)]
    matches = [{"weight": 2, "people": [0, 1]}, {"weight": 1, "titles": [1, 2], "isVague": True}]
    page.goto(f"{toy_url}/about/")
    assert page.evaluate(RANKED, [toy_url, scores, matches, [5, 5, 5]]) == [1, 0, 2]


def test_the_citations_of_all_found_papers_are_downloaded(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}/search/?q=sharpness-aware")
    button = page.get_by_role("button", name=re.compile("BibTeX of"))
    expect(button).to_be_visible()
    count = int(re.findall(r"\d+", button.inner_text())[0])
    with page.expect_download() as saved:
        button.click()
    text = saved.value.path().read_text("utf-8")
    keys = re.findall(r"^@\w+\{([^,]+),", text, re.MULTILINE)
    assert len(keys) == count > 1
    links = page.locator(".hits .hit-title a").evaluate_all(
        "links => links.map(link => link.pathname.split('/').at(-2))"
    )
    shown = links[: min(count, len(links))]
    assert keys[: len(shown)] == shown


def test_hits_show_who_wrote_their_text(page: Page, real_url: str) -> None:
    """As the cards of all lists do (the page of search is built with such cards)."""
    page.goto(f"{real_url}/search/")
    built = set(page.locator(".hits .badge-ai").all_inner_texts())
    page.goto(f"{real_url}/search/?q=sharpness-aware")
    expect(page.locator(".hits .hit").first).to_be_visible()
    assert set(page.locator(".hits .hit .badge-ai").all_inner_texts()) <= built != set()
    assert page.locator(".hits .hit .badge-ai").count() == page.locator(".hits .hit .card-tldr").count()
