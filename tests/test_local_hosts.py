"""Commands that read an address of a stranger's choice send nothing to hosts of the local network."""

from pathlib import Path

import pytest

from generator.commands.add import RecordFinder
from generator.commands.draft_source import read_source
from generator.commands.import_papers import fetch
from generator.fetch.cache import ResponseCache
from generator.fetch.client import ALLOW_LOCAL, Client, Clock, FetchFailed, Limits
from generator.importers.raw_paper import Options
from generator.model.catalog import Catalog
from tests.support.playing_server import Reply, playing


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.delenv(ALLOW_LOCAL)
    return Client("toy/1", ResponseCache(tmp_path / "cache"), Limits(tries=1), Clock(sleep=lambda _: None))


def test_import_fetches_nothing_from_a_local_host(
    client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with playing(Reply(body=b"@misc{a, title={Inside}}")) as server:
        options = Options(origin="", added="2026-01-02")
        assert fetch([f"{server.address}/x.bib", f"http://localhost:{server.port}/"], options, client, tmp_path) is None
        assert capsys.readouterr().err.count("it is not a public host") == 2
        assert not any(server.requests)


def test_draft_reads_no_source_at_a_local_host(client: Client, toy: Catalog) -> None:
    """The address may be that of an entry's link, which a pull request can change."""
    paper = next(iter(toy.papers.values()))
    with playing(Reply(body=b"secret")) as server:
        for address in (f"{server.address}/x.pdf", f"http://localhost:{server.port}/latest/meta-data/"):
            with pytest.raises(FetchFailed, match="it is not a public host"):
                read_source(paper, RecordFinder(client), address, "paper")
        assert not any(server.requests)
