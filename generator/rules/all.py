"""The list of rules, in the order in which they run. A new rule is a function in a module beside this one."""

from collections.abc import Callable, Iterator

from generator.model.content import Content
from generator.model.problem import Problem
from generator.rules import lookalikes, papers, references, registers, style

Rule = Callable[[Content], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    references.papers_name_known_venues,
    references.papers_name_known_topics,
    references.topics_form_a_tree,
    papers.papers_have_authors,
    papers.titles_stand_once,
    papers.identifiers_stand_once,
    papers.aliases_are_free,
    registers.editions_stand_once,
    registers.names_are_claimed_once,
    lookalikes.names_keep_to_one_script,
    lookalikes.hosts_are_what_they_seem,
)

STYLE: tuple[Rule, ...] = (
    style.texts_are_whole,
    style.texts_keep_to_their_length,
    style.summaries_have_paragraphs,
    style.texts_use_no_stock_phrases,
    style.lines_are_sentences,
    style.acronyms_are_explained,
)
"""Rules of writing, which concern those who write a text, and nobody who builds the site."""


def broken_rules(content: Content, rules: tuple[Rule, ...] = RULES) -> Iterator[Problem]:
    """Every problem that any of the rules finds."""
    for rule in rules:
        yield from rule(content)
