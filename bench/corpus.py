"""Content folders of any size to measure with: this digest's content, or entries for real or made-up papers.

The entries have topics of this digest and venues of their own. All random choices have fixed seeds, so a corpus of a
certain size is always the same.
"""

import gzip
import hashlib
import json
import random
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any
from unicodedata import normalize

import yaml

Paper = dict[str, Any]
"""A paper to make an entry of: ``title``, ``authors``, ``venue`` (a series), ``year``, ``abstract``, ``pdf_url``."""

Entry = dict[str, Any]
"""An entry as a mapping of its fields."""

_SEED = 20_000
_REAL_PAPERS = "bench/papers-20k.jsonl.gz"  # in the folder ``DIGEST_SOURCES``
_MAX_MADE_UP = 20_000  # different papers; as many as the real ones
_FIRST_DAY = date(2024, 1, 1)
_DAYS = 900  # from the first day on, in which the entries were added
_SYLLABLES = "ba ce di fo gu ha le mi no pu ra se ti vo wu xa ye zi kor lan mer sto".split()


def corpus(paper_count: int, content: Path, sources: Path | None, folder: Path, file_format: str = "jsonl") -> Path:
    """Return a content folder with ``paper_count`` papers, created in ``folder`` if missing; for 0, return ``content``.

    ``sources`` is a folder with real papers; without it, or without its file of papers, papers are made up. If there
    are too few papers, the same papers are used again, with other ids and titles but the same authors. ``file_format``
    is ``jsonl`` (one file for each edition) or ``yaml`` (one file for each paper).
    """
    if not paper_count:
        return content
    target = folder / f"{file_format}-{paper_count}"
    if target.is_dir():
        return target
    unfinished = target.with_name(target.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)  # renamed at the end: an interrupted run leaves no incomplete corpus
    for shared in ("topics", "pages"):
        shutil.copytree(content / shared, unfinished / shared)
    topics = sorted(path.stem for path in (content / "topics").glob("*.yaml"))
    real_papers = sources / _REAL_PAPERS if sources else None
    if real_papers and real_papers.is_file():
        papers = list(_real_papers(real_papers))
    else:
        papers = list(_made_up_papers(min(paper_count, _MAX_MADE_UP)))
    _write(islice(_repeated(papers), paper_count), topics, unfinished, file_format)
    unfinished.rename(target)
    return target


def _real_papers(path: Path) -> Iterator[Paper]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield {name: record.get(name) for name in ("title", "authors", "venue", "year", "abstract", "pdf_url")}


def _made_up_papers(paper_count: int) -> Iterator[Paper]:
    """Made-up papers that resemble real ones in number of authors, length of texts, and papers by each author.

    The averages are 4.3 authors, 70 characters for titles and 1,160 for abstracts. A few authors write many papers.
    """
    rng = random.Random(_SEED)  # noqa: S311 - nothing here is secret
    words = ["".join(rng.choices(_SYLLABLES, k=rng.choice((1, 2, 2, 3, 4)))) for _ in range(8000)]
    people = [f"{rng.choice(words).title()} {rng.choice(words).title()}" for _ in range(paper_count * 5 // 2)]
    for number in range(paper_count):
        sentences = [" ".join(rng.choices(words, k=22)).capitalize() + "." for _ in range(8)]
        yield {
            "title": " ".join(rng.choices(words, k=10)).title(),
            # The exponent makes low indexes more likely: these people write many papers.
            "authors": [people[int(len(people) * rng.random() ** 1.6)] for _ in range(rng.randint(1, 8))],
            "venue": f"venue{number % 40:02}",
            "year": 2026 - int(20 * rng.random() ** 2),
            "abstract": " ".join(sentences),
        }


def _repeated(papers: list[Paper]) -> Iterator[tuple[int, Paper]]:
    """Yield numbered papers without end. In each repetition the authors are the same, and titles have a suffix."""
    for repetition in count():
        suffix = f" {_title_suffix(repetition)}" if repetition else ""
        for index, paper in enumerate(papers):
            yield repetition * len(papers) + index, paper | {"title": paper["title"] + suffix}


def _title_suffix(repetition: int) -> str:
    """A few capital letters, such as ``VB``. Several repetitions can have the same ones (see ``_unique_title``)."""
    return "".join("IVXLCDM"[int(digit) % 7] for digit in str(repetition)) + "B"


def _write(numbered_papers: Iterator[tuple[int, Paper]], topics: list[str], folder: Path, file_format: str) -> None:
    editions: dict[str, list[Entry]] = defaultdict(list)
    years_by_series: dict[str, set[int]] = defaultdict(set)
    titles: Counter[str] = Counter()
    for number, paper in numbered_papers:
        paper["title"] = _unique_title(" ".join(_printable(paper["title"]).split())[:280], titles)
        years_by_series[paper["venue"]].add(paper["year"])
        editions[f"{paper['venue']}-{paper['year']}"].append(_entry(number, paper, topics))
    (folder / "venues").mkdir()
    for series, years in years_by_series.items():
        record = {
            "name": series.upper(),
            "full_name": f"Venue {series.upper()}",
            "kind": "conference",
            "editions": [{"id": f"{series}-{year}", "year": year} for year in sorted(years)],
        }
        (folder / "venues" / f"{series}.yaml").write_text(yaml.safe_dump(record, sort_keys=False), "utf-8")
    (folder / "papers").mkdir()
    for edition, entries in editions.items():
        if file_format == "jsonl":
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


def _entry(number: int, paper: Paper, topics: list[str]) -> Entry:
    """An entry as an importer would write it, with texts of similar length as those of this digest."""
    # Seeded by the number, so that the topics and the date of an entry are the same in a corpus of any size.
    rng = random.Random(int(hashlib.sha256(f"{number}".encode()).hexdigest(), 16))  # noqa: S311
    abstract = " ".join(_printable(paper.get("abstract") or "").split())
    first_sentence, _, other_sentences = abstract.partition(". ")
    title = paper["title"]
    pdf_url = paper.get("pdf_url") or ""
    entry = {
        "id": f"bench{number}",
        "title": title,
        "authors": list(dict.fromkeys(" ".join(_printable(name).split()) for name in paper["authors"])),
        "venue": f"{paper['venue']}-{paper['year']}",
        "topics": rng.sample(topics, rng.randint(1, 3)),
        "links": {"pdf": pdf_url} if pdf_url.startswith("http") and " " not in pdf_url else {},
        "tldr": first_sentence[:300] or title,
        "summary": other_sentences[:4000],
        "added": (_FIRST_DAY + timedelta(days=rng.randrange(_DAYS))).isoformat(),
        "summary_by": {"kind": "ai", "model": "none", "date": "2026-06-30"},
        "source": f"bench {number}",
    }
    return {name: value for name, value in entry.items() if value}


def _unique_title(title: str, seen: Counter[str]) -> str:
    """Add a number to a title that occurred before, because ``digest check`` reports entries with equal titles.

    ``seen`` counts the titles so far, reduced to letters and digits.
    """
    key = "".join(character for character in title.casefold() if character.isalnum())
    seen[key] += 1
    return title if seen[key] == 1 else f"{title}, Version {seen[key]}"


def _printable(text: str) -> str:
    return normalize("NFC", "".join(character for character in text if character.isprintable() or character.isspace()))
