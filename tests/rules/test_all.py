"""The lists of rules."""

import pkgutil

import generator.rules as rules_package
from generator.rules.all import ADVICE, RULES, STYLE, check_rules
from tests.support.small_content import content, paper


def test_rules_run_in_order_and_only_those_that_are_asked_for() -> None:
    records = content(paper(venue="conf-2024", authors=()), permalinks=("papers/gone2025",))
    codes = [problem.code for problem in check_rules(records)]
    assert codes == ["E301", "E310", "E320"]
    assert list(check_rules(records, ())) == []
    assert [problem.code for problem in check_rules(records, RULES[:1])] == ["E301"]


def test_each_rule_is_in_one_list_and_has_its_text() -> None:
    rules = [*RULES, *ADVICE, *STYLE]
    assert len(set(rules)) == len(rules)
    assert all(rule.__doc__ and rule.__doc__.rstrip().endswith(".") for rule in rules)


def test_rules_that_stop_no_build_give_warnings() -> None:
    records = content(paper(title="ROPES THAT HOLD", venue="conf-2024"))
    assert all(not problem.is_error for problem in check_rules(records, ADVICE))


def test_each_module_of_rules_is_listed() -> None:
    listed = {rule.__module__.rpartition(".")[2] for rule in (*RULES, *ADVICE, *STYLE)}
    modules = {module.name for module in pkgutil.iter_modules(rules_package.__path__)}
    assert modules - listed == {"all", "problems"}
