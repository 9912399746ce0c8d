"""Content folders of any size to measure with: the real papers, the papers of a data folder, or made-up ones.

Venues and topics are the digest's own. Whatever is drawn depends on the seed alone.
"""

import gzip
import hashlib
import json
import random
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from unicodedata import normalize

import yaml

Row = dict[str, Any]

_SEED = 20_000
_PAPERS = "bench/papers-20k.jsonl.gz"
_FIRST_DAY = date(2024, 1, 1)
_DAYS = 900
_SYLLABLES = "ba ce di fo gu ha le mi no pu ra se ti vo wu xa ye zi kor lan mer sto".split()


def corpus(papers: int, content: Path, sources: Path | None, folder: Path, form: str = "jsonl") -> Path:
    """Return a content folder with ``papers`` papers, created in ``folder`` if missing. 0 means ``content`` itself.

    ``sources`` is a folder with real papers to draw from; without one they are made up. More papers than there are come
    from the same ones again under other ids and titles, by the same people. ``form`` is ``jsonl`` (a file an edition)
    or ``yaml`` (a file a paper).
    """
    if not papers:
        return content
    target = folder / f"{form}-{papers}"
    if target.is_dir():
        return target
    partial = target.with_name(target.name + ".making")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)  # renamed at the end: an interrupted run leaves no incomplete corpus
    for shared in ("topics", "pages"):
        shutil.copytree(content / shared, partial / shared)
    topics = sorted(path.stem for path in (content / "topics").glob("*.yaml"))
    available = sources / _PAPERS if sources else None
    rows = list(_real(available) if available and available.is_file() else _made_up(min(papers, 20_000)))
    _write(islice(_repeated(rows), papers), topics, partial, form)
    partial.rename(target)
    return target


def _real(path: Path) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield {name: row.get(name) for name in ("title", "authors", "venue", "year", "abstract", "pdf_url")}


def _made_up(papers: int) -> Iterator[Row]:
    """Papers of the same shape: 4.3 authors, titles of 70 characters and texts of 1,160; few authors write many."""
    rng = random.Random(_SEED)  # noqa: S311 - nothing here is secret
    words = ["".join(rng.choices(_SYLLABLES, k=rng.choice((1, 2, 2, 3, 4)))) for _ in range(8000)]
    people = [f"{rng.choice(words).title()} {rng.choice(words).title()}" for _ in range(papers * 5 // 2)]
    for number in range(papers):
        sentences = [" ".join(rng.choices(words, k=22)).capitalize() + "." for _ in range(8)]
        yield {
            "title": " ".join(rng.choices(words, k=10)).title(),
            # The exponent prefers low indexes, so that a few people write many papers.
            "authors": [people[int(len(people) * rng.random() ** 1.6)] for _ in range(rng.randint(1, 8))],
            "venue": f"venue{number % 40:02}",
            "year": 2026 - int(20 * rng.random() ** 2),
            "abstract": " ".join(sentences),
        }


def _repeated(rows: list[Row]) -> Iterator[tuple[int, Row]]:
    """Yield the rows again and again, each time with other numbers and titles and the same people."""
    for round_ in range(10_000):
        suffix = f" {_roman(round_)}" if round_ else ""
        for number, row in enumerate(rows):
            yield round_ * len(rows) + number, row | {"title": row["title"] + suffix}


def _roman(number: int) -> str:
    return "".join("IVXLCDM"[int(digit) % 7] for digit in str(number)) + "B"


def _write(rows: Iterator[tuple[int, Row]], topics: list[str], folder: Path, form: str) -> None:
    editions: dict[str, list[Row]] = defaultdict(list)
    years: dict[str, set[int]] = defaultdict(set)
    titles: Counter[str] = Counter()
    for number, row in rows:
        row["title"] = _unique_title(" ".join(_printable(row["title"]).split())[:280], titles)
        years[row["venue"]].add(row["year"])
        editions[f"{row['venue']}-{row['year']}"].append(_entry(number, row, topics))
    (folder / "venues").mkdir()
    for series, papers_of_year in years.items():
        record = {
            "name": series.upper(),
            "full_name": f"Venue {series.upper()}",
            "kind": "conference",
            "editions": [{"id": f"{series}-{year}", "year": year} for year in sorted(papers_of_year)],
        }
        (folder / "venues" / f"{series}.yaml").write_text(yaml.safe_dump(record, sort_keys=False), "utf-8")
    (folder / "papers").mkdir()
    for edition, entries in editions.items():
        if form == "jsonl":
            lines = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
            (folder / "papers" / f"{edition}.jsonl").write_text(lines, "utf-8")
            continue
        (folder / "papers" / edition).mkdir()
        for entry in entries:
            text = yaml.dump(
                {name: value for name, value in entry.items() if name != "id"},
                Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=96,
            )  # fmt: skip
            (folder / "papers" / edition / f"{entry['id']}.yaml").write_text(text, "utf-8")


def _entry(number: int, row: Row, topics: list[str]) -> Row:
    """An entry as an importer would write it, with texts as long as the digest's own."""
    # Seeded by the number, so that an entry is the same in a corpus of any size.
    rng = random.Random(int(hashlib.sha256(f"{number}".encode()).hexdigest(), 16))  # noqa: S311
    text = " ".join(_printable(row.get("abstract") or "").split())
    first, _, rest = text.partition(". ")
    title = row["title"]
    address = row.get("pdf_url") or ""
    entry = {
        "id": f"bench{number}",
        "title": title,
        "authors": list(dict.fromkeys(" ".join(_printable(name).split()) for name in row["authors"])),
        "venue": f"{row['venue']}-{row['year']}",
        "topics": rng.sample(topics, rng.randint(1, 3)),
        "links": {"pdf": address} if address.startswith("http") and " " not in address else {},
        "tldr": first[:300] or title,
        "summary": rest[:4000],
        "added": (_FIRST_DAY + timedelta(days=rng.randrange(_DAYS))).isoformat(),
        "summary_by": {"kind": "ai", "model": "none", "date": "2026-06-30"},
        "source": f"bench {number}",
    }
    return {name: value for name, value in entry.items() if value}


def _unique_title(title: str, seen: Counter[str]) -> str:
    """Return a unique title: some papers occur twice in the source, and titles of entries are unique."""
    plain = "".join(char for char in title.casefold() if char.isalnum())
    seen[plain] += 1
    return title if seen[plain] == 1 else f"{title}, Version {seen[plain]}"


def _printable(text: str) -> str:
    return normalize("NFC", "".join(c for c in text if c.isprintable() or c.isspace()))
