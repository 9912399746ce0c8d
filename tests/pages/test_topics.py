"""The topic tree and the pages of topics."""

import re

from generator.model.entities import Topic
from tests.support.small_content import content, pages_of, paper

TOPICS = (
    Topic(id="cats", name={"": "Cats"}, description={"": "About cats."}),
    Topic(id="kittens", name={"": "Kittens"}, parent="cats"),
    Topic(id="lions", name={"": "Lions"}, parent="cats"),
)


def test_a_topic_counts_the_papers_below_it_and_links_to_its_subtopics() -> None:
    text = pages_of(content(paper("a2025", topics=("kittens",)), paper("b2025"), topics=TOPICS))["topics/cats/index.md"]
    assert set(re.findall(r'id="p-(\w+)"', text)) == {"a2025", "b2025"}
    assert '[Kittens](../kittens/index.md) <span class="count">1</span>' in text


def test_topics_with_one_parent_are_neighbors() -> None:
    text = pages_of(content(paper(topics=("kittens",)), topics=TOPICS))["topics/kittens/index.md"]
    assert "(../lions/index.md)" in text
    assert "[Cats](../cats/index.md)" in text


def test_the_index_shows_the_tree_with_descriptions() -> None:
    text = pages_of(content(paper(), topics=TOPICS))["topics/index.md"]
    assert "About cats." in text
    assert text.index("[Cats]") < text.index("[Kittens]") < text.index("[Lions]")
