"""What the generator relies on without a promise is bounded, and tried before it is relied on."""

import gzip
import tomllib
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import cbor2
import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from generator.model.catalog import Catalog
from generator.search import pagefind_part
from generator.search.pagefind_part import SIGNATURE, index_part
from generator.search.pagefind_service import IndexNotBuilt, pagefind_files
from generator.search.records import search_records
from tests.conftest import ROOT, SETTINGS


@pytest.mark.parametrize("name", ["jinja2", "mkdocs", "pagefind"])
def test_the_next_minor_version_is_not_installed(name: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    [needed] = [requirement for text in project["dependencies"] if (requirement := Requirement(text)).name == name]
    installed = Version(version(name))
    assert installed in needed.specifier
    assert Version(f"{installed.major}.{installed.minor + 1}.0") not in needed.specifier
    assert f"{name}=={installed} " in (ROOT / "requirements.lock").read_text("utf-8")


def _repacked(change: Callable[[Any], Any]) -> Callable[[bytes], bytes]:
    def repacked(data: bytes) -> bytes:
        data_parts = cbor2.loads(gzip.decompress(data)[len(SIGNATURE) :])
        return gzip.compress(SIGNATURE + cbor2.dumps(change(data_parts)))

    return repacked


def _with_more(decoded: Any) -> Any:
    """Papers with one more value, as a later version might write them."""
    return [[[word, [[*paper, 1] for paper in papers], variants] for word, papers, variants in decoded[0]]]


_OTHER_FORMS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "more of a paper": (".pf_index", _repacked(_with_more)),
    "fewer of a paper": (
        ".pf_index",
        _repacked(lambda parts: [[[w, [p[:2] for p in ps], v] for w, ps, v in parts[0]]]),
    ),
    "text for numbers": (
        ".pf_index",
        _repacked(lambda parts: [[[w, [[str(p[0]), *p[1:]] for p in ps], v] for w, ps, v in parts[0]]]),
    ),
    "words by name": (".pf_index", _repacked(lambda parts: {"words": parts[0]})),
    "two lists of words": (".pf_index", _repacked(lambda parts: [parts[0], parts[0]])),
    "another meta": (".pf_meta", _repacked(lambda parts: {"version": parts[0], "pages": parts[1]})),
    "a shorter meta": (".pf_meta", _repacked(lambda parts: parts[:2])),
    "another order": (".pf_meta", _repacked(lambda parts: [parts[0], parts[1][::-1], *parts[2:]])),
    "not packed": (".pf_meta", lambda _: b"{}"),
    "another mark": (".pf_index", lambda _: gzip.compress(b"pagefind_2")),
    "cut": (".pf_index", lambda data: gzip.compress(gzip.decompress(data)[:-9])),
}


@pytest.mark.parametrize("what", _OTHER_FORMS)
def test_an_index_in_another_form_is_told_with_the_version(
    what: str, toy: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending, change = _OTHER_FORMS[what]

    def changed(payloads: Any) -> dict[str, bytes]:
        files = pagefind_files(payloads).items()
        return {name: change(data) if name.endswith(ending) else data for name, data in files}

    records = search_records(toy, SETTINGS)
    assert index_part(records).papers == len(records)
    monkeypatch.setattr(pagefind_part, "pagefind_files", changed)
    with pytest.raises(IndexNotBuilt, match=rf"^pagefind {version('pagefind')} writes its index in an unknown format"):
        index_part(records)
