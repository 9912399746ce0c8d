"""``digest add`` makes entries of valid records. Every other answer of a site changes nothing."""

import re
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from generator.commands.add import RecordFinder, run, user_agent
from generator.fetch.cache import ResponseCache
from generator.fetch.client import Client, Clock, Limits
from generator.fetch.sites import SITES
from generator.importers.kinds import importer_named
from generator.importers.raw_paper import Options
from generator.text.identifiers import Identifier, proceedings_page, read_identifier
from tests.conftest import ROOT, SETTINGS
from tests.support.command import digest
from tests.support.playing_server import Reply, packed, playing

RECORDS = ROOT / "tests" / "cases" / "bibliographies"
OPTIONS = Options(origin="", added="2026-05-02")
GOOD = {
    "arxiv:2501.00023": "arxiv.xml",
    "doi:10.5555/teapots.7": "crossref.json",
    "openreview:kItEs00001": "openreview.json",
    "acl:2024.acl-long.9001": "acl.bib",
}


def _add(
    names: list[str], replies: list[Reply], content: Path, *, dry_run: bool = False, options: Options = OPTIONS
) -> int:
    wanted = [paper for name in names if (paper := read_identifier(name))]
    clock = Clock(sleep=lambda _: None)
    limits = Limits(total=0.3, size=20_000)
    with playing(*replies) as server, Client("t", ResponseCache(content.parent / "cache"), limits, clock) as client:
        sites = tuple(replace(site, pattern=server.address + "/{}") for site in SITES)
        return run(wanted, options, RecordFinder(client, sites), content, dry_run=dry_run)


def _good(name: str) -> Reply:
    return Reply(body=(RECORDS / GOOD[name]).read_bytes())


def _titled(title: str) -> Reply:
    """arXiv's record of 2501.00023 with another title."""
    record = (RECORDS / "arxiv.xml").read_text("utf-8")
    return Reply(body=re.sub(r"<title>Wheels.*?</title>", f"<title>{title}</title>", record, flags=re.DOTALL).encode())


def _bytes_of(content: Path) -> dict[str, bytes]:
    return {path.relative_to(content).as_posix(): path.read_bytes() for path in content.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", GOOD)
def test_a_record_of_each_site_becomes_an_unfinished_entry(
    name: str, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _bytes_of(content)
    assert _add([name], [_good(name)], content) == 0
    after = _bytes_of(content)
    (path,) = [path for path in after if path not in before and path.startswith("papers/")]
    text = after[path].decode()
    kind, _, value = name.partition(":")
    assert f'{kind}: "{value}"' in text
    assert "tldr: ''\n" in text
    assert re.search(r"^topics: \[\](  # near .+)?$", text, re.MULTILINE)
    assert "abstract" not in text
    assert {p: after[p] for p in before} == before
    output = capsys.readouterr()
    assert text in output.out
    assert f"added {path}; still to write: topics, tldr" in output.err
    assert digest("check", "--content", content) == 1
    codes = {line.split()[1] for line in capsys.readouterr().out.splitlines() if path in line}
    assert codes == {"E215"}, "the one thing wrong is what was left to be written"


def test_a_doi_unknown_to_crossref_is_looked_up_at_datacite(content: Path) -> None:
    record = Reply(body=(RECORDS / "datacite.json").read_bytes())
    assert _add(["doi:10.5072/maps.3"], [Reply(404), record], content) == 0
    assert (content / "papers/cape-archive-2023/sato2023maps.yaml").is_file()
    assert (content / "venues/cape-archive.yaml").is_file()


def test_papers_are_added_though_one_of_them_fails(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ["arxiv:2501.00023", "openreview:nOtThErE1", "acl:2024.acl-long.9001"]
    replies = [_good(names[0]), Reply(404), _good(names[2])]
    assert _add(names, replies, content) == 1
    err = capsys.readouterr().err
    assert "openreview:nOtThErE1: nothing was added: " in err
    assert len(list(content.rglob("berg2025wheels.yaml"))) == len(list(content.rglob("osei2024quiet.yaml"))) == 1


def test_an_existing_paper_is_not_added_again(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "arxiv:2501.00023"
    assert _add([name], [_good(name)], content) == 0
    before = _bytes_of(content)
    assert _add([name, name], [Reply(500)], content) == 0
    assert _bytes_of(content) == before
    assert "nothing was added: the digest has the paper, papers/" in capsys.readouterr().err


def test_an_equal_title_under_another_identifier_is_not_added(content: Path) -> None:
    before = _bytes_of(content)
    same = Reply(body=_titled("Dogs: that Fetch").body.replace(b"Maja Berg", b"Zhu Li"))
    assert _add(["arxiv:2501.00023"], [same], content) == 0
    assert _bytes_of(content) == before


def test_an_equal_title_of_other_authors_is_reported(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _add(["arxiv:2501.00023"], [_titled("Dogs: that Fetch")], content) == 0
    assert "papers/conf-2025/zhu2025dogs.yaml has nearly the same title" in capsys.readouterr().err


def test_a_similar_title_is_reported(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _add(["arxiv:2501.00023"], [_titled("Dogs that fetched")], content) == 0
    assert "papers/conf-2025/zhu2025dogs.yaml has nearly the same title" in capsys.readouterr().err


def test_a_dry_run_writes_nothing(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = _bytes_of(content)
    assert _add(["arxiv:2501.00023"], [_good("arxiv:2501.00023")], content, dry_run=True) == 0
    assert _bytes_of(content) == before
    assert "title: Wheels on Ice & $\\ell_2$ Snow" in capsys.readouterr().out


def test_topics_are_suggested_and_not_chosen(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _add(["arxiv:2501.00023"], [_titled("Dogs on ice")], content) == 0
    (path,) = content.rglob("berg2025dogs.yaml")
    (line,) = [line for line in path.read_text("utf-8").splitlines() if line.startswith("topics:")]
    assert line.startswith("topics: []  # near dogs 0.")
    assert f"topics of {path.relative_to(content).as_posix()}: near dogs 0." in capsys.readouterr().err


def test_an_abstract_is_imported_only_on_request(content: Path) -> None:
    assert (
        _add(["arxiv:2501.00023"], [_good("arxiv:2501.00023")], content, options=replace(OPTIONS, abstract=True)) == 0
    )
    (path,) = content.rglob("berg2025wheels.yaml")
    assert "abstract: Invented.\n" in path.read_text("utf-8")


def bad_replies(name: str) -> dict[str, Reply]:
    body = (RECORDS / GOOD[name]).read_bytes()
    return {
        "500": Reply(500),
        "503": Reply(503),
        "429, seconds": Reply(429, headers={"Retry-After": "3"}),
        "429, a date": Reply(429, headers={"Retry-After": "Sat, 02 May 2026 12:00:00 GMT"}),
        "reset": Reply(reset=True),
        "slow drip": Reply(body=body, drip=0.01),
        "empty": Reply(),
        "a web page": Reply(body=b"<!doctype html><html><title>Just a moment</title></html>"),
        "packed and cut": packed(body, cut=20),
        "cut": Reply(body=body[: len(body) // 2]),
        "cut, with its length": Reply(body=body[: len(body) // 2], length=len(body)),
        "oversized": Reply(body=body + b" " * 20_000),
        "sent elsewhere": Reply(302, headers={"Location": "http://localhost/"}),
        "not there": Reply(404),
        "another kind": Reply(body=(RECORDS / "refs.ris").read_bytes()),
        "another paper": Reply(body=body.replace(name.partition(":")[2].encode(), b"2501.99999")),
        "no title": Reply(body=body.replace(b"title", b"tutle")),
    }


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("what", bad_replies("arxiv:2501.00023"))
def test_a_bad_answer_changes_nothing(what: str, name: str, content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = _bytes_of(content)
    assert _add([name], [bad_replies(name)[what]], content) == 1
    assert _bytes_of(content) == before
    out = capsys.readouterr()
    assert f"{name}: nothing was added: " in out.err
    assert out.out == ""


@pytest.mark.parametrize("text", ["2501", "arxiv:", "arxiv:x", "https://evil.example/abs/2501.00023", "doi:11.1/x"])
def test_an_unknown_identifier_is_wrong_use(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("add", text) == 2
    assert text in capsys.readouterr().err


def _tags(pdf: str) -> bytes:
    names = {"title": "Ropes of Iron", "author": "Reef, Ada", "publication_date": "2019/05/24", "pdf_url": pdf}
    tags = "".join(f'<meta name="citation_{name}" content="{value}">' for name, value in names.items())
    return f"<html><head>{tags}<meta name='citation_conference_title' content='Conference on Ropes'>".encode()


def _add_page(address: str, pdf: str, content: Path) -> int:
    wanted = proceedings_page(address)
    assert wanted is not None
    with playing(Reply(body=_tags(pdf))) as server, Client("t", ResponseCache(content.parent / "cache")) as client:
        sites = tuple(replace(site, pattern=server.address + "/{}") for site in SITES)
        return run([wanted], OPTIONS, RecordFinder(client, sites), content, dry_run=False)


def test_a_page_of_proceedings_becomes_an_entry(content: Path) -> None:
    address = "https://proceedings.mlr.press/v97/reef19a.html"
    assert _add_page(address, "http://proceedings.mlr.press/v97/reef19a/reef19a.pdf", content) == 0
    (path,) = content.rglob("reef2019ropes.yaml")
    text = path.read_text("utf-8")
    assert f"page: {address}\n" in text
    assert "- Ada Reef\n" in text


@pytest.mark.parametrize(
    "address",
    [
        "2501.00023",
        "https://arxiv.org/abs/2501.00023v1",
        "https://arxiv.org/pdf/2501.00023",
        "https://arxiv.org/html/2501.00023v2",
        "https://www.alphaxiv.org/abs/2501.00023",
        "https://huggingface.co/papers/2501.00023",
    ],
)
def test_an_arxiv_paper_is_added_by_any_of_its_addresses(address: str, content: Path) -> None:
    assert _add([address], [_good("arxiv:2501.00023")], content) == 0
    assert 'arxiv: "2501.00023"' in next(content.rglob("berg2025wheels.yaml")).read_text("utf-8")


# The tags of each site's pages, as the site writes them.
PROCEEDINGS = {
    "https://openaccess.thecvf.com/content/CVPR2023/html/Reef_Ropes_CVPR_2023_paper.html": (
        {
            "citation_author": "van der Reef, Ada",
            "citation_publication_date": "2023",
            "citation_conference_title": "Conference on Computer Vision and Pattern Recognition",
            "citation_pdf_url": "https://openaccess.thecvf.com/content/CVPR2023/papers/Reef_Ropes_CVPR_2023_paper.pdf",
            "citation_firstpage": "11",
            "citation_lastpage": "19",
        },
        ("- Ada van der Reef\n", "venue: cvpr-2023\n", "pages: 11-19\n"),
    ),
    f"https://proceedings.neurips.cc/paper_files/paper/2020/hash/{'0a' * 16}-Abstract.html": (
        {
            "citation_author": "Van Durme, Benjamin",
            "citation_journal_title": "Advances in Neural Information Processing Systems",
            "citation_volume": "33",
            "citation_pdf_url": f"https://proceedings.neurips.cc/paper_files/paper/2020/file/{'0a' * 16}-Paper.pdf",
            "citation_publication_date": "2020",
        },
        ("family: Van Durme\n", "venue: neurips-2020\n", "volume: '33'\n"),
    ),
}


@pytest.mark.parametrize("address", PROCEEDINGS)
def test_a_page_of_other_proceedings_becomes_an_entry(address: str, content: Path) -> None:
    named, expected = PROCEEDINGS[address]
    tags = {"citation_title": "Ropes of Iron", **named}
    page = "".join(f'<meta name="{name}" content="{value}">' for name, value in tags.items())
    wanted = proceedings_page(address)
    assert wanted is not None
    with playing(Reply(body=page.encode())) as server, Client("t", ResponseCache(content.parent / "cache")) as client:
        sites = tuple(replace(site, pattern=server.address + "/{}") for site in SITES)
        assert run([wanted], OPTIONS, RecordFinder(client, sites), content, dry_run=False) == 0
    (path,) = [path for path in content.rglob("*.yaml") if "Ropes of Iron" in path.read_text("utf-8")]
    text = path.read_text("utf-8")
    assert [line for line in expected if line not in text] == []


def test_a_page_of_another_paper_is_refused(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    address = "https://proceedings.mlr.press/v97/reef19a.html"
    assert _add_page(address, "http://proceedings.mlr.press/v97/ost19a/ost19a.pdf", content) == 1
    assert not list(content.rglob("reef2019ropes.yaml"))
    assert "is not PMLR's record" in capsys.readouterr().err


def test_a_missing_network_ends_the_run_at_once(
    content: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up = []

    def fails(host: object, *_: object, **__: object) -> None:
        looked_up.append(host)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", fails)
    slept: list[float] = []
    wanted = [paper for name in ("2501.00023", "2501.00024") if (paper := read_identifier(name))]
    with Client("t", ResponseCache(content.parent / "cache"), clock=Clock(sleep=slept.append)) as client:
        assert run(wanted, OPTIONS, RecordFinder(client), content, dry_run=False) == 1
    err = capsys.readouterr().err
    assert len(looked_up) == 1
    assert slept == []
    assert "there is no network connection" in err
    assert "digest new" in err
    assert "digest import" in err


def test_an_identifier_cannot_change_the_path_of_an_address() -> None:
    crossref = next(site for site in SITES if site.name == "Crossref")
    assert crossref.address(Identifier("doi", "10.1/../x?y#z")).endswith("/works/10.1%2F..%2Fx%3Fy%23z")


def test_the_user_agent_names_project_and_contact() -> None:
    settings = replace(SETTINGS, repository="https://code.example/toy", contact="toy@example.org\r\nX: ü")
    agent = user_agent(settings)
    assert "+https://code.example/toy; mailto:toy@example.org" in agent
    assert agent.isascii()
    assert agent.isprintable()


def test_every_site_has_an_importer() -> None:
    assert all(importer_named(site.importer) for site in SITES)
