"""Division of papers into parts."""

from generator.search import parts
from generator.search.parts import SearchRecord, papers_per_fragment, part_slices, records_hash, short_hash


def test_an_added_paper_changes_its_own_part_only() -> None:
    urls = [f"/papers/{number}/" for number in range(9000)]
    with_new = [*urls[:3000], "/papers/new/", *urls[3000:]]
    before = [urls[part] for part in part_slices(urls)]
    after = [with_new[part] for part in part_slices(with_new)]
    assert [url for part in before for url in part] == urls
    assert sum(part not in before for part in after) <= 2
    assert len(before) > 4


def test_parts_have_at_least_their_smallest_size_and_keep_the_order() -> None:
    urls = [f"/papers/{number}/" for number in range(1000)]
    slices = list(part_slices(urls))
    assert [url for part in slices for url in urls[part]] == urls
    sizes = [len(urls[part]) for part in slices]
    assert min(sizes[:-1]) >= parts.MIN_PAPERS
    assert max(sizes) <= parts.MIN_PAPERS + 8 * parts.END_RATE
    assert list(part_slices([])) == []


def test_larger_digests_have_more_papers_in_a_fragment() -> None:
    few, some, more, many = (papers_per_fragment(papers) for papers in (400, 401, 4000, 4001))
    assert few == 1 < some == more < many


def test_hashes_depend_on_content_and_order() -> None:
    first = SearchRecord("/papers/a/", "x", {}, "en", {}, (), ())
    second = first._replace(content="y")
    assert records_hash([first, second]) != records_hash([second, first])
    assert records_hash([first]) == records_hash([first._replace()])
    assert short_hash("a", "b") != short_hash("b", "a")
    assert len(short_hash("a")) == 8
