"""The list of subscribers."""

from email.headerregistry import Address
from pathlib import Path

import pytest

from generator.model.period import (
    Subscription,
)
from generator.store.subscribers_file import is_address, read_subscribers


def test_each_line_is_a_subscriber_or_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(
        "# who\nada@example.org\n\nBob@Example.org topic:cats venue:conf # a friend\nx\na@b\n"
        "ada@example.org\nc@d.org wish:x\nd@e.org\x00\n<e@f.org>\ne@f.org\r\nBcc: g@h.org\n",
        "utf-8",
    )
    subscribers, problems = read_subscribers(path)
    assert [subscriber.address for subscriber in subscribers] == ["ada@example.org", "Bob@Example.org", "e@f.org"]
    assert subscribers[1].subscription == Subscription(topics=("cats",), venues=("conf",))
    assert [problem.line for problem in problems] == [5, 6, 7, 8, 9, 10, 12, 12]
    assert all(problem.hint and problem.code == "E501" for problem in problems)


def test_messages_contain_no_address(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(
        "ada@example.org bob@example.org\nbob@example\nada@example.org topic:cats,bob@example.org\n", "utf-8"
    )
    problems = read_subscribers(path)[1]
    assert [problem.line for problem in problems] == [1, 2, 3]
    assert not any("@example" in problem.message + problem.hint for problem in problems)


@pytest.mark.parametrize(
    "text", ["a@b.org\nBcc: c@d.org", "a b@c.org", "a@b.org>", "a@-b.org", "@b.org", "a" * 65 + "@b.org", "ä@b.org", ""]
)
def test_addresses_that_could_end_a_header_are_refused(text: str) -> None:
    assert not is_address(text)


@pytest.mark.parametrize("address", ["a..b@x.org", ".a@x.org", "a.@x.org", f"{'a' * 65}@x.org", "a@b@x.org"])
def test_an_address_that_no_message_can_contain_is_refused(address: str) -> None:
    assert not is_address(address)


@pytest.mark.parametrize("address", ["ada@x.org", "a.b+c@sub.x.org", f"{'a' * 64}@x.org"])
def test_an_ordinary_address_is_accepted(address: str) -> None:
    assert is_address(address)
    Address(addr_spec=address)
