"""Answers for a new digest, and the files in a folder."""

from pathlib import Path

from generator.starter.answers import Answers
from generator.starter.managed import Package

PACKAGE = Package("curated-paper-digest==1.0.0")


ANSWERS = Answers(
    name="Our *Digest* {{ x }}", description='Papers: "all" of them.', address="https://ours.example/d/",
    repository="https://github.com/ours/d", day="2026-05-01", color="#0b5fff", languages=("de", "en"),
    license="CC0-1.0", contact="us@ours.example", venues=("ICLR 2026", "Some Journal"), topics=("Vögel & Fische",),
)  # fmt: skip


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
