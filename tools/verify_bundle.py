"""``python verify_bundle.py NEW [OLD]``: verify an archive of ``digest bundle``, independently of the generator.

It checks that

- every file is in the list of checksums and has the listed checksum,
- the data files, the bibliography, the content and the site contain the same papers,
- ``changes.jsonl`` lists the differences between the papers of the archive OLD and those of NEW, if OLD is given.

It needs only Python, and prints one line for each fault.
"""

import hashlib
import json
import re
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CHECKSUMS = "manifest-sha256.txt"
_REQUIRED = (CHECKSUMS, "papers.jsonl", "papers.bib", "changes.jsonl", "codemeta.json", ".zenodo.json")


def unpacked(path: Path) -> dict[str, bytes]:
    """The contents of an archive's files, by their path below the root folder of the archive."""
    files: dict[str, bytes] = {}
    with tarfile.open(path, "r:gz") as archive:
        for member in archive:
            member_file = archive.extractfile(member)
            # A name such as ``../x`` would write a file outside the folder in which somebody unpacks the archive.
            if member_file is None or ".." in Path(member.name).parts or member.name.startswith("/"):
                raise SystemExit(f"{path}: {member.name} is not a regular file inside the archive's folder")
            files[member.name.partition("/")[2]] = member_file.read()
    return files


def parse_lines(data: bytes) -> list[dict[str, Any]]:
    """The objects in a file of JSON Lines."""
    return [json.loads(line) for line in data.decode().splitlines()]


def faults(new: dict[str, bytes], old: dict[str, bytes] | None) -> Iterator[str]:
    """What is wrong with the files of an archive. ``old`` are the files of an earlier archive to compare with."""
    if missing := [name for name in _REQUIRED if name not in new]:
        yield from (f"{name}: missing from the archive" for name in missing)
        return
    yield from _wrong_checksums(new)
    records = _records_by_id(new)
    ids_by_part = {
        "papers.bib": set(re.findall(r"^@\w+\{([^,\s]+),", new["papers.bib"].decode(), re.MULTILINE)),
        "content": set(_entry_ids(new)),
        # Every paper has a Markdown file beside its page; redirects of earlier ids have none.
        "site": {name.split("/")[2] for name in new if re.fullmatch(r"site/papers/[^/]+/index\.md", name)},
    }
    for part, ids in ids_by_part.items():
        if ids != set(records):
            yield f"only one of {part} and papers.jsonl contains these papers: {_some(ids ^ set(records))}"
    for name in ("codemeta.json", ".zenodo.json"):
        if not isinstance(json.loads(new[name]), dict):
            yield f"{name}: not a JSON object"
    if old is not None and "papers.jsonl" not in old:
        yield "papers.jsonl: missing from the earlier archive"
    elif old is not None:
        yield from _wrong_changes(records, _records_by_id(old), parse_lines(new["changes.jsonl"]))


def _wrong_checksums(files: dict[str, bytes]) -> Iterator[str]:
    lines = (line.partition("  ") for line in files[CHECKSUMS].decode().splitlines())
    checksums = {name: checksum for checksum, _, name in lines}
    for name, data in files.items():
        if name != CHECKSUMS and name not in checksums:
            yield f"{name}: not listed in {CHECKSUMS}"
        elif name != CHECKSUMS and checksums[name] != hashlib.sha256(data).hexdigest():
            yield f"{name}: the checksum is not that in {CHECKSUMS}"
    yield from (f"{name}: listed in {CHECKSUMS}, but missing" for name in sorted(checksums.keys() - files.keys()))


def _records_by_id(files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    return {record["id"]: record for record in parse_lines(files["papers.jsonl"])}


def _entry_ids(files: dict[str, bytes]) -> Iterator[str]:
    for name, data in files.items():
        if match := re.fullmatch(r"content/papers/[^/]+/([^/]+)\.yaml", name):
            yield match[1]
        elif re.fullmatch(r"content/papers/[^/]+\.jsonl", name):
            yield from (entry["id"] for entry in parse_lines(data))


def _wrong_changes(new: dict[str, Any], old: dict[str, Any], changes: list[dict[str, Any]]) -> Iterator[str]:
    """Where the listed changes are not the differences between the old and the new records, which are given by id."""
    kinds_and_ids = {(change["change"], change["id"]) for change in changes}
    differences = {
        ("added",): new.keys() - old.keys(),
        ("changed",): {paper for paper in new.keys() & old.keys() if new[paper] != old[paper]},
        ("removed", "renamed"): old.keys() - new.keys(),  # a renamed paper is listed with its old id
    }
    for kinds, papers in differences.items():
        listed = {paper for kind, paper in kinds_and_ids if kind in kinds}
        if listed != papers:
            names = " or ".join(kinds)
            yield f"changes.jsonl: wrongly listed as {names}, or not listed as such: {_some(listed ^ papers)}"
    for change in changes:
        if change["change"] == "changed" and change["id"] in new and change["id"] in old:
            before, after = old[change["id"]], new[change["id"]]
            fields = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
            if fields != change["fields"]:
                yield f"changes.jsonl: the fields of {change['id']} are not those that differ"


def _some(ids: set[str]) -> str:
    """The first ids of a set, as a message names them."""
    return ", ".join(sorted(ids)[:5]) + (f" and {len(ids) - 5} more" if len(ids) > 5 else "")


def main() -> int:
    """Verify the archives that the command line names. Return 1 if there are faults, 2 for wrong arguments."""
    if len(sys.argv) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    new, *old = (unpacked(Path(name)) for name in sys.argv[1:])
    all_faults = list(faults(new, old[0] if old else None))
    print("\n".join(all_faults) or f"{len(new)} files verified: no faults")
    return 1 if all_faults else 0


if __name__ == "__main__":
    sys.exit(main())
