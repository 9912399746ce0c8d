"""The list of rules, in the order in which they run. A new rule is a function in a module beside this one."""

from collections.abc import Callable, Iterator

from generator.model.content import Content
from generator.model.problem import Problem
from generator.rules import lookalikes, papers, references, registers

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


def broken_rules(content: Content) -> Iterator[Problem]:
    """Every problem that any rule finds."""
    for rule in RULES:
        yield from rule(content)
