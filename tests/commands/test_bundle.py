"""``digest bundle`` by programs that did not write the archive."""

import gzip
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import zlib
from pathlib import Path

import pytest

from generator.commands import bundle
from generator.exports.bundle import records_of
from tests.conftest import ROOT, SETTINGS, TOY
from tests.support.command import digest


@pytest.fixture
def project(toy_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bundle, "project_settings", lambda: SETTINGS)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(TOY, tmp_path / "content", ignore=shutil.ignore_patterns("collections"))
    shutil.copytree(toy_site, tmp_path / "site")
    return tmp_path


def _bundle(project: Path, day: str, *more: str | Path) -> Path:
    assert digest("bundle", "--content", project / "content", "--site-dir", project / "site", "--date", day, *more) == 0
    return project / f"build/digest-{day}.tar.gz"


def _verified(*archives: Path) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-I", str(ROOT / "tools/verify_bundle.py"), *map(str, archives)]
    return subprocess.run(call, capture_output=True, text=True)


def test_another_program_verifies_an_archive(project: Path) -> None:
    archive = _bundle(project, "2026-05-02")
    assert _verified(archive).returncode == 0, _verified(archive).stdout
    first = archive.read_bytes()
    assert _bundle(project, "2026-05-02").read_bytes() == first, "same input, same bytes"
    with tarfile.open(archive) as bundle:
        bundle.extractall(project / "out", filter="data")
    checked = ["sha256sum", "--check", "--strict", "--quiet", "manifest-sha256.txt"]
    assert subprocess.run(checked, cwd=project / "out/digest-2026-05-02", capture_output=True).returncode == 0
    whole = ["sha256sum", "--check", "--quiet", f"{archive.name}.sha256"]
    assert subprocess.run(whole, cwd=archive.parent, capture_output=True).returncode == 0
    metadata = json.loads((project / "out/digest-2026-05-02/codemeta.json").read_text("utf-8"))
    assert (metadata["name"], metadata["version"], metadata["@type"]) == ("Toy Digest", "2026-05-02", "Dataset")
    deposit = json.loads((project / "out/digest-2026-05-02/.zenodo.json").read_text("utf-8"))
    assert deposit["upload_type"] == "dataset"


def test_another_program_verifies_the_changes(project: Path) -> None:
    old = _bundle(project, "2026-05-02")
    records = records_of((project / "site/papers.jsonl").read_text("utf-8"))
    removed, changed = "garcia2024null", "zhu2025dogs"
    records[changed]["title"] = "Dogs that fetched"
    records["new2026owls"] = {**records[changed], "id": "new2026owls", "title": "Owls", "added": "2026-05-03"}
    del records[removed]
    (project / "site/papers.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in records.values()), "utf-8")
    entry = (project / f"content/papers/conf-2025/{changed}.yaml").read_text("utf-8")
    (project / "content/papers/conf-2025/new2026owls.yaml").write_text(
        entry.replace("Dogs that fetch", "Owls"), "utf-8"
    )
    (project / f"content/papers/conf-2024/{removed}.yaml").unlink()
    shutil.copytree(project / f"site/papers/{changed}", project / "site/papers/new2026owls")
    shutil.rmtree(project / f"site/papers/{removed}")
    bib = (project / "site/papers.bib").read_text("utf-8").replace(f"{{{removed},", "{new2026owls,")
    (project / "site/papers.bib").write_text(bib, "utf-8")
    new = _bundle(project, "2026-05-09", "--since", old)
    done = _verified(new, old)
    assert done.returncode == 0, done.stdout
    with tarfile.open(new) as bundle:
        lines = bundle.extractfile("digest-2026-05-09/changes.jsonl")
        assert lines is not None
        changes = {row["id"]: row for row in map(json.loads, lines.read().splitlines())}
    assert {paper: row["change"] for paper, row in changes.items()} == {
        removed: "removed", changed: "changed", "new2026owls": "added",
    }  # fmt: skip
    assert changes[changed]["fields"] == ["title"]


@pytest.mark.parametrize("spoil", ["flip", "drop", "add"])
def test_another_program_notices_damage(project: Path, spoil: str) -> None:
    archive = _bundle(project, "2026-05-02")
    out = project / "out"
    with tarfile.open(archive) as bundle:
        bundle.extractall(out, filter="data")
    file = out / "digest-2026-05-02/papers.bib"
    if spoil == "flip":
        file.write_bytes(file.read_bytes()[:-3] + b"x}\n")
    elif spoil == "drop":
        (out / "digest-2026-05-02/site/index.html").unlink()
    else:
        (out / "digest-2026-05-02/site/extra.html").write_text("x", "utf-8")
    with tarfile.open(project / "spoilt.tar.gz", "w:gz") as packed:
        for path in sorted(out.rglob("*")):
            if path.is_file():
                packed.add(path, path.relative_to(out).as_posix())
    assert _verified(project / "spoilt.tar.gz").returncode == 1


def _archive(records: bytes) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        member = tarfile.TarInfo("digest/papers.jsonl")
        member.size = len(records)
        archive.addfile(member, io.BytesIO(records))
    return file.getvalue()


def _damaged_archive() -> bytes:
    content = gzip.decompress(_archive(b" " * 100_000))
    compressor = zlib.compressobj(wbits=31)  # 31: the gzip format
    whole = compressor.compress(content[:50_000]) + compressor.flush(zlib.Z_FULL_FLUSH)
    return whole + b"\xff" * 10  # no block of compressed data begins like this


BAD_ARCHIVES = {
    "cut": _archive(os.urandom(10_000))[:5000],
    "damaged": _damaged_archive(),
    "list": _archive(b"[1, 2]\n"),
    "number": _archive(b"3\n"),
    "deep": _archive(b"[" * 100_000),
    "fields": _archive(b'{"id": "a"}\n'),
    "bytes": _archive(b"\xff"),
    "zeros": bytes(1000),
}


def test_content_site_and_earlier_archive_must_agree(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ("bundle", "--content", project / "content", "--site-dir", project / "site")
    assert digest(*call, "--since", "yesterday") == 2
    for name, data in BAD_ARCHIVES.items():
        (project / name).write_bytes(data)
        assert digest(*call, "--since", project / name) == 2, name
        assert "nor an archive" in capsys.readouterr().err, name
    whole = (project / "site/papers.jsonl").read_bytes()
    (project / "site/papers.jsonl").write_bytes(b"[]\n")
    assert digest(*call) == 1
    assert "is not the record of a paper; run digest build" in capsys.readouterr().err
    (project / "site/papers.jsonl").write_bytes(whole)
    (project / "content/papers/conf-2024/garcia2024null.yaml").unlink()
    assert digest(*call) == 1
    assert "run digest build first" in capsys.readouterr().err
    assert digest("bundle", "--content", project / "content", "--site-dir", project / "nowhere") == 1
