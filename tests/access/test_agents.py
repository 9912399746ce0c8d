"""The server for agents, asked by the protocol's own client."""

from pathlib import Path
from typing import Any

import pytest
from mcp.client.client import Client

from generator.access.agents import make_server
from generator.access.records import LookupFailed, SiteRecords
from tests.support.agents import CATS, ask_server, local_records, result_json


def test_all_tools_are_read_only(toy_site: Path) -> None:
    server = make_server(local_records(toy_site), "toy", "1")
    tools = ask_server(server, lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == ["search", "paper", "venue", "topic", "citation", "related"]
    assert all(tool.annotations.read_only_hint and not tool.annotations.destructive_hint for tool in tools)
    assert all(tool.description for tool in tools)


@pytest.mark.parametrize("records", ["{", "[]", '{"id": 1}', "[" * 100_000])
def test_every_tool_reports_a_damaged_site(records: str) -> None:
    server = make_server(SiteRecords(lambda _: records), "toy", "1")
    for tool, arguments in (("search", {"query": "cats"}), ("paper", {"id": CATS}), ("related", {"id": CATS})):
        result = ask_server(server, lambda client, tool=tool, arguments=arguments: client.call_tool(tool, arguments))
        assert result.is_error
        assert "papers.jsonl of the site is damaged" in result.content[0].text


def test_every_tool_answers_from_the_site(toy_site: Path) -> None:
    async def all_of_them(client: Client) -> dict[str, Any]:
        calls: dict[str, dict[str, Any]] = {
            "search": {"query": "dogs fetch", "venue": "conf"}, "paper": {"id": CATS}, "venue": {"id": "conf-2025"},
            "topic": {"id": "dogs"}, "citation": {"id": CATS}, "related": {"id": CATS},
        }  # fmt: skip
        return {name: await client.call_tool(name, arguments) for name, arguments in calls.items()}

    answers = ask_server(make_server(local_records(toy_site), "toy", "1"), all_of_them)
    assert not any(result.is_error for result in answers.values())
    assert result_json(answers["search"])["id"] == "zhu2025dogs"
    assert result_json(answers["paper"])["id"] == CATS
    assert result_json(answers["venue"])["count"] == 2
    assert {paper["id"] for paper in result_json(answers["topic"])["papers"]} == {CATS, "zhu2025dogs"}
    assert answers["citation"].content[0].text.startswith("@")
    related = answers["related"]
    assert "zhu2025dogs" in {result_json(type(related)(content=[block]))["id"] for block in related.content}


def test_unknown_names_get_suggestions(toy_site: Path) -> None:
    result = ask_server(
        make_server(local_records(toy_site), "toy", "1"),
        lambda client: client.call_tool("paper", {"id": "oconnor2025cat"}),
    )
    assert result.is_error
    assert "did you mean oconnor2025cats" in result.content[0].text
    records = local_records(toy_site)
    for wrong in ("../../etc/passwd", "", "x" * 10_000):
        with pytest.raises(LookupFailed):
            records.citation(wrong)
    with pytest.raises(LookupFailed, match="bibtex"):
        records.citation(CATS, "bibtx")
    assert records.paper("berg2025lots")["id"] == "berg2025many", "by an earlier id"
    assert [record["id"] for record in records.search("zhu li")] == ["zhu2025dogs"]
    assert records.search("xyzzy") == []
    assert len(records.search("", year=2024)) == 1
