"""Every kind of fault: a faulty file, the corrected file, a hint, and the page of faults.

``docs/faults.md`` is generated from the table of faults and from these cases; ``pytest --update-golden`` writes it.
"""

import json
import re
from itertools import accumulate
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
import yaml

from generator.commands.check import advice_of, problems_of, recorded_titles, style_of
from generator.fetch.cache import ResponseCache
from generator.fetch.sites import SITES
from generator.model.faults import FAULTS, Fault
from generator.model.problem import Problem
from generator.store.load import load
from generator.text.identifiers import Identifier
from tests.conftest import ROOT
from tests.support.command import digest
from tests.text.test_style import CASES as STYLE_CASES
from tests.text.test_style import GOOD as GOOD_STYLE

CASES = json.loads((ROOT / "tests/cases/faults.json").read_text("utf-8"))
HOME = "papers/conf-2025/byron2025good.yaml"
GOOD = (
    "title: A good title\nauthors:\n- Ada Byron\nvenue: conf-2025\ntopics:\n- cats\n"
    "tldr: Something was found.\nadded: 2025-05-02\n"
)
PAGE = ROOT / "docs" / "faults.md"
ELSEWHERE = {
    "E108": "A file of more than 64 KiB.",
    "E114": "A file without read permission, or a missing folder.",
    "E115": "A file of `theme/languages` that is not a gettext catalog, or a translation without its placeholders.",
    "E116": "`language` below `theme` and `language` below `extra` in `mkdocs.yml` differ.",
    "W117": "`extra.offline_megabyte: 5`, `theme.features` or a plugin in `mkdocs.yml`.",
    "E126": "A symbolic link in `content` or `theme`.",
    "E127": "A named pipe in `content`.",
    "W126": "A file such as `.draft.yaml`.",
    "E501": "A line of the list of subscribers that is not an email address.",
    "W605": "An entry whose title differs from the title in the record that `digest add` cached in `.cache/fetch`.",
    "W408": "An entry with `tldr` but without `summary_by`.",
    "W409": "`summary_by` with `kind: ai` alone.",
}
"""Faults that need more than the text of a file. They are tested in test_entries, test_mail, test_style and here."""

Case = dict[str, Any]


def _code(case: Case) -> str:
    return str(re.findall(r"\b[EW]\d{3}\b", case["message"])[0])


def _problems(content: Path) -> list[Problem]:
    loaded = load(content)
    return [*problems_of(loaded), *advice_of(loaded)]


def _write(content: Path, path: str, text: str) -> None:
    (content / path).parent.mkdir(exist_ok=True, parents=True)
    (content / path).write_bytes(text.encode("utf-8", "surrogateescape"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_fault_is_reported_with_its_position_and_disappears_when_fixed(content: Path, case: Case) -> None:
    path: str = case.get("path", HOME)
    for other, text in case.get("files", {}).items():
        _write(content, other, text)
    _write(content, path, GOOD.replace(case["replace"], case["by"]) if "replace" in case else case["text"])
    problems = _problems(content)
    assert case["message"] in [f"{p.path}:{p.line}:{p.column}: {p.code} {p.message}" for p in problems]
    assert all(problem.hint for problem in problems)
    (content / path).unlink()
    fixed = GOOD.replace(case["replace"], case["fixed"]) if {"replace", "fixed"} <= case.keys() else GOOD
    _write(content, case.get("fixed_path", path), case.get("fixed", GOOD) if "text" in case else fixed)
    assert (case["message"].split(":")[0], _code(case)) not in [(p.path, p.code) for p in _problems(content)]


def test_every_fault_has_a_case() -> None:
    covered = {_code(case) for case in (*CASES, *STYLE_CASES)}
    assert set(FAULTS) - covered == set(ELSEWHERE)
    assert len(FAULTS) > 60


def test_the_page_of_faults_is_up_to_date(request: pytest.FixtureRequest) -> None:
    text = _page()
    if request.config.getoption("--update-golden"):
        PAGE.write_text(text, "utf-8")
    assert PAGE.read_text("utf-8") == text, "run pytest --update-golden tests/model/test_faults.py"


def test_distinct_from_ends_warnings_of_similar_names_and_titles(content: Path) -> None:
    near = GOOD.replace("A good title", "A paper by manny")
    _write(content, HOME, near)
    assert "W331" in [problem.code for problem in _problems(content)]
    _write(content, HOME, near + "distinct_from:\n- berg2025many\n")
    assert "W331" not in [problem.code for problem in _problems(content)]
    authors = GOOD.replace("- Ada Byron", "- Z. Li\n- Gido M. van de Ven\naffiliations:\n- Institute of Owls, AGH")
    _write(content, HOME, authors)
    assert {"W321", "W324"} <= {problem.code for problem in _problems(content)}
    _write(content, "people/zhu-li.yaml", "name: Zhu Li\ndistinct_from:\n- Z. Li\n")
    agh = (content / "institutions/agh.yaml").read_text("utf-8")
    _write(content, "institutions/agh.yaml", f"{agh}distinct_from:\n- Institute of Owls, AGH\n")
    assert not {"W321", "W324"} & {problem.code for problem in _problems(content)}


@pytest.mark.parametrize(
    "authors",
    [
        "- Wei Zhang\n- Bo Elm",  # no co-author in common
        "- Zhi Li\n- Gido M. van de Ven",  # another given name
        "- Zhu Li\n- Z. Li\n- Gido M. van de Ven",  # both on one paper
        "- Li\n- Gido M. van de Ven",
    ],
)
def test_incompatible_names_and_names_without_evidence_are_not_reported(content: Path, authors: str) -> None:
    _write(content, HOME, GOOD.replace("- Ada Byron", authors))
    assert "W321" not in [problem.code for problem in _problems(content)]


@pytest.mark.parametrize(("day", "warned"), [("2022-05-02", False), ("2026-05-02", False), ("2027-01-01", True)])
def test_a_preprint_may_precede_its_venue_by_years(content: Path, day: str, warned: bool) -> None:
    _write(content, HOME, GOOD.replace("added:", f"published: {day}\nadded:"))
    assert ("W353" in [problem.code for problem in _problems(content)]) == warned


def test_a_title_is_compared_with_the_cached_record_of_the_identifier(content: Path, tmp_path: Path) -> None:
    arxiv = next(site for site in SITES if site.kind == "arxiv")
    record = (ROOT / "tests/cases/bibliographies/arxiv.xml").read_text("utf-8")
    value, title = "2501.00023", "Wheels on Ice & $\\ell_2$ Snow"
    ResponseCache(tmp_path / "fetch").store(arxiv.address(Identifier("arxiv", value)), record, now=0)

    def messages_of(entry: str) -> list[str]:
        _write(content, HOME, entry.replace("added:", f'arxiv: "{value}"\nadded:'))
        return [p.message for p in advice_of(load(content), tmp_path / "fetch") if p.code == "W605"]

    assert messages_of(GOOD) == [f"the record of arxiv {value} is titled “{title}”"]
    assert messages_of(GOOD + f"other_titles:\n- '{title}'\n") == []
    assert messages_of(GOOD.replace("A good title", f"'{title.replace('Ice', 'ICE')}'")) == []
    assert recorded_titles(load(content).content, tmp_path / "nothing") == {}


def test_a_lost_address_is_an_error(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Listed once, an id may be renamed with an alias, and may have faults, but may not go."""
    dogs = content / "papers/conf-2025/zhu2025dogs.yaml"
    text = dogs.read_text("utf-8")
    assert digest("check", "--content", content, "--update-permalinks") == 0
    listed = (content / "permalinks.txt").read_text("utf-8")
    assert "papers/berg2025lots\n" in listed, "aliases too"
    assert "venues/conf/2025\n" in listed
    dogs.unlink()
    assert [problem.code for problem in _problems(content) if problem.is_error] == ["E320"]
    assert digest("check", "--content", content, "--update-permalinks") == 1
    assert (content / "permalinks.txt").read_text("utf-8") == listed
    renamed = dogs.with_name("li2025dogs.yaml")
    renamed.write_text(f"{text}aliases:\n- zhu2025dogs\n", "utf-8")
    assert digest("check", "--content", content, "--update-permalinks") == 0
    again = (content / "permalinks.txt").read_text("utf-8")
    _write(content, "papers/conf-2025/new2025.yaml", "title: New\n")
    selected = content / "papers/conf-2025/li2025dogs.yaml"
    assert digest("check", selected, "--content", content, "--update-permalinks") == 1, "another file has errors"
    assert (content / "permalinks.txt").read_text("utf-8") == again
    (content / "papers/conf-2025/new2025.yaml").unlink()
    assert set(listed.split()) < set(again.split())
    renamed.write_text(f"{text}aliases:\n- zhu2025dogs\nadded: 1\n", "utf-8")
    assert {problem.code for problem in _problems(content) if problem.is_error} == {"E102"}, "faulty is not lost"
    renamed.write_text(f"{text}aliases:\n- zhu2025dogs\ntitle2: x\n", "utf-8")
    assert {problem.code for problem in _problems(content) if problem.is_error} == {"E201"}


def test_all_published_ids_of_the_digest_are_listed() -> None:
    listed = (ROOT / "content/permalinks.txt").read_text("utf-8").split()
    assert len([address for address in listed if address.startswith("papers/")]) >= 521


def test_the_digest_has_no_problems_but_documented_ones() -> None:
    loaded = load(ROOT / "content")
    problems = [*problems_of(loaded), *advice_of(loaded), *style_of(loaded)]
    undecided = [problem.message.partition(" may be")[0] for problem in problems if problem.code == "W328"]
    assert [problem for problem in problems if problem.code != "W328"] == []
    documented = (ROOT / "docs/namesakes.md").read_text("utf-8")
    assert sorted(undecided) == sorted(re.findall(r"^\| ([^|`]+) \| `", documented, re.MULTILINE))


def _page() -> str:
    lines = [
        "# Errors and warnings",
        "",
        "This page explains the codes that `digest check` prints, and E501 of `digest mail`. "
        "A *fault* is an error or a warning. "
        "An error (E) in the content or the settings stops a build; a warning (W) does not. "
        "`digest check --fix` repairs spaces, identifiers, dates and duplicate values.",
        "",
        "Most examples are parts of an entry. "
        "They belong to a small digest, so some refer to entries that are not shown. "
        "`\\u200b` stands for an invisible character, and `\\udce9` for the byte E9, which is not UTF-8.",
        "",
        "| code | fault |",
        "|---|---|",
        *(f"| [{code}](#{code.lower()}) | {fault.title} |" for code, fault in FAULTS.items()),
    ]
    for code, fault in FAULTS.items():
        lines += ["", f"## {code}", "", f"**{fault.title[0].upper()}{fault.title[1:]}.** {fault.why}"]
        lines += ["", *_example(code, fault)]
    return "\n".join(lines) + "\n"


def _example(code: str, fault: Fault) -> list[str]:
    if code in ELSEWHERE:
        return [f"Example: {ELSEWHERE[code]}"]
    case = next((case for case in CASES if _code(case) == code), None)
    if case is None:
        style = next(case for case in STYLE_CASES if _code(case) == code)
        field = style["field"]
        return [
            *_block("Faulty", "", _field(field, style["bad"])),
            *_block("Use instead", "", _field(field, GOOD_STYLE[field])),
        ]
    bad, good = _texts(case)
    bad_path = case.get("path", HOME)
    good_path = case.get("fixed_path", bad_path)
    return [
        *(line for path, text in case.get("files", {}).items() for line in _block("Given", path, text)),
        *_block("Faulty", "" if bad_path == good_path == HOME else bad_path, bad),
        *_block("Use instead", "" if bad_path == good_path == HOME else good_path, good),
    ]


def _field(name: str, text: str) -> str:
    """A field as an entry has it: paragraphs as a block."""
    return f"{name}: |-\n{indent(text, '  ')}" if "\n" in text else f"{name}: {text or '(missing)'}"


def _texts(case: Case) -> tuple[str, str]:
    """The faulty and the corrected text: whole fields of an entry, or a whole file."""
    if "replace" not in case:
        return case["text"], case.get("fixed", GOOD)
    fields = re.findall(r"^\w+:.*\n(?:- .*\n)*", GOOD, re.MULTILINE)
    begin = GOOD.index(case["replace"])
    end = begin + len(case["replace"])
    first = max(place for place in _places(fields) if place <= begin)
    last = min(place for place in _places(fields) if place >= end)
    before, after = GOOD[first:begin], GOOD[end:last]
    bad, good = before + case["by"] + after, before + case["fixed" if "fixed" in case else "replace"] + after
    return (bad, good) if bad.strip() else (GOOD[:begin] + GOOD[end:], GOOD)


def _places(fields: list[str]) -> list[int]:
    """Where each field of the valid entry begins, and where the last one ends."""
    return list(accumulate(map(len, fields), initial=0))


def _block(title: str, path: str, text: str) -> list[str]:
    safe = "".join(c if c.isprintable() or c == "\n" else f"\\u{ord(c):04x}" for c in text).rstrip("\n")
    safe = f"{safe[:400]}…" if len(safe) > 500 else safe
    language = {".jsonl": "json", ".md": "markdown", ".txt": "text"}.get(Path(path).suffix, "yaml")
    place = f", in `{path}`" if path else ""
    return [f"{title}{place}:", "", f"```{language}", *(safe or "(empty file)").split("\n"), "```", ""]


@pytest.mark.parametrize(
    ("permalinks", "hint"),
    [
        ("", "Add what is missing to oconnor2025cats and delete this file."),
        ("papers/oconnor2025cats\n", "Add what is missing to oconnor2025cats and delete this file."),
        (
            "papers/new2025cats\npapers/oconnor2025cats\n",
            "Add what is missing to oconnor2025cats and delete this file; its address was published, so write "
            "aliases: [oconnor2025cats, new2025cats] there.",
        ),
    ],
)
def test_the_newer_of_two_entries_for_one_paper_is_to_be_deleted_without_losing_an_address(
    permalinks: str, hint: str, content: Path
) -> None:
    title = yaml.safe_load((content / "papers/conf-2025/oconnor2025cats.yaml").read_text("utf-8"))["title"]
    text = GOOD.replace("A good title", json.dumps(title)).replace("2025-05-02", "2025-06-01")
    _write(content, "papers/conf-2025/new2025cats.yaml", text)
    (content / "permalinks.txt").write_text(permalinks, "utf-8")
    problem = next(problem for problem in _problems(content) if problem.code == "E304")
    assert problem.path == "papers/conf-2025/new2025cats.yaml"
    assert problem.hint == hint


@pytest.mark.parametrize("command", [r"\alpha", r"\beta", r"\theta", r"\frac", r"\varepsilon", r"\rho"])
def test_a_latex_command_that_yaml_reads_as_an_escape_is_explained(command: str, content: Path) -> None:
    path = content / "papers/conf-2025/zhu2025dogs.yaml"
    text = re.sub(r"(?m)^title: .*$", lambda _: f'title: "On {command} and dogs"', path.read_text("utf-8"))
    path.write_text(text, "utf-8")
    problem = next(problem for problem in _problems(content) if problem.path.endswith("zhu2025dogs.yaml"))
    assert problem.code == "E213"
    assert f"for a backslash use single quotes, '{command[:2]}…'" in problem.hint
