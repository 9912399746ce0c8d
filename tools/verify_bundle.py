"""Verify an archive of ``digest bundle`` without the program that wrote it: ``python verify_bundle.py NEW [OLD]``.

Every file is listed with its checksum; records, references, content and site contain the same papers; and the changes,
applied to the records of the archive OLD, give those of NEW. Requires only Python.
"""

import hashlib
import json
import re
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def unpacked(path: Path) -> dict[str, bytes]:
    """The files of an archive by name, without their common root folder."""
    files: dict[str, bytes] = {}
    with tarfile.open(path, "r:gz") as archive:
        for member in archive:
            member_file = archive.extractfile(member)
            # A name such as ``../x`` would leave the folder when somebody unpacks the archive.
            if member_file is None or ".." in Path(member.name).parts or member.name.startswith("/"):
                raise SystemExit(f"{path}: {member.name} is no plain file")
            files[member.name.partition("/")[2]] = member_file.read()
    return files


def rows(data: bytes) -> list[dict[str, Any]]:
    """The rows of JSON Lines."""
    return [json.loads(line) for line in data.decode().splitlines()]


def faults(new: dict[str, bytes], old: dict[str, bytes] | None) -> Iterator[str]:
    """What is wrong with an archive."""
    lines = (line.partition("  ") for line in new["manifest-sha256.txt"].decode().splitlines())
    listed = {name: checksum for checksum, _, name in lines}
    for name, data in new.items():
        if name != "manifest-sha256.txt" and listed.get(name) != hashlib.sha256(data).hexdigest():
            yield f"{name}: another checksum than the list has"
    yield from (f"{name}: listed, and not there" for name in sorted(listed.keys() - new.keys()))
    records = {row["id"]: row for row in rows(new["papers.jsonl"])}
    others = {
        "papers.bib": set(re.findall(r"^@\w+\{([^,\s]+),", new["papers.bib"].decode(), re.MULTILINE)),
        "content": set(_entries(new)),
        # Every paper has a Markdown file beside its page; redirects of earlier ids have none.
        "site": {name.split("/")[2] for name in new if re.fullmatch(r"site/papers/[^/]+/index\.md", name)},
    }
    for name, ids in others.items():
        if ids != set(records):
            yield f"{name} and papers.jsonl name other papers: {', '.join(sorted(ids ^ set(records))[:5])}"
    for name in ("codemeta.json", ".zenodo.json"):
        if not isinstance(json.loads(new[name]), dict):
            yield f"{name}: no mapping"
    if old is not None:
        yield from _changed(records, {row["id"]: row for row in rows(old["papers.jsonl"])}, rows(new["changes.jsonl"]))


def _entries(files: dict[str, bytes]) -> Iterator[str]:
    for name, data in files.items():
        if match := re.fullmatch(r"content/papers/[^/]+/([^/]+)\.yaml", name):
            yield match[1]
        elif re.fullmatch(r"content/papers/[^/]+\.jsonl", name):
            yield from (row["id"] for row in rows(data))


def _changed(new: dict[str, Any], old: dict[str, Any], changes: list[dict[str, Any]]) -> Iterator[str]:
    """Yield where the listed changes are not the differences of the records."""
    changed = {(change["change"], change["id"]) for change in changes}
    gone = {paper for kind, paper in changed if kind in ("removed", "renamed")}
    expected = {"added": new.keys() - old.keys(), "changed": {p for p in new.keys() & old.keys() if new[p] != old[p]}}
    for kind, papers in expected.items():
        ids = {paper for other, paper in changed if other == kind}
        if ids != papers:
            yield f"changes.jsonl: {kind} differs for {', '.join(sorted(ids ^ papers)[:5])}"
    if gone != old.keys() - new.keys():
        yield f"changes.jsonl: removed differs for {', '.join(sorted(gone ^ (old.keys() - new.keys()))[:5])}"
    for change in changes:
        if change["change"] == "changed" and change["id"] in old:
            before, after = old[change["id"]], new[change["id"]]
            fields = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
            if fields != change["fields"]:
                yield f"changes.jsonl: {change['id']} names other fields than those that differ"


def main() -> int:
    """Verify the archives that the command line names."""
    if len(sys.argv) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    new, *old = (unpacked(Path(name)) for name in sys.argv[1:])
    all_faults = list(faults(new, old[0] if old else None))
    print("\n".join(all_faults) or f"{len(new)} files are as they should be")
    return 1 if all_faults else 0


if __name__ == "__main__":
    sys.exit(main())
