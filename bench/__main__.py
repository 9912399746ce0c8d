"""``python -m bench 521 5000 20000``: measure builds stage by stage at each size, beside other generators.

521 is the real content. All programs build the same pages in turn, ``--repeat`` times. The table shows medians, and
ratios to this generator. Generated content stays in ``build/bench`` for the next run.
"""

import argparse
import filecmp
import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.corpus import corpus
from bench.edits import EDITS, edits, seconds_until_shown
from bench.measure import CommandFailed, Measurement, count_files, measure
from bench.peers import Peer, peers

_WORK = Path("build/bench")
_TOOLS = _WORK / "tools/bin"
_REAL = 521  # papers of this repository's own digest
_STOCK = "stock"  # the peer ``mkdocs build`` (``bench/peers.py``)


def main() -> int:
    """Measure, print a table, and write ``build/bench/results.json``."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[_REAL, 5000, 20_000], help="papers (521: the real ones)")
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="number of measurements (default: 3)")
    parser.add_argument("--once", nargs="*", default=[], metavar="PEER", help="slow peers, to be run once only")
    parser.add_argument(
        "--skip", nargs="*", default=[], metavar="PEER", help="what to leave out: peers, `build`, `pagefind`"
    )
    parser.add_argument("--edits", nargs="*", choices=EDITS, metavar="EDIT", help="measure builds after edits too")
    parser.add_argument("--work", type=Path, default=_WORK, metavar="DIR", help=f"where to work (default: {_WORK})")
    parser.add_argument("--tmpfs", type=Path, metavar="DIR", help="compare peers there too, e.g. /dev/shm")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    # A cache of its own: the bench empties it before each clean build.
    os.environ["DIGEST_CACHE"] = str(arguments.work.resolve() / "cache")
    results: list[dict[str, Any]] = []
    for papers in arguments.sizes:
        results.append(_measure(papers, arguments))
        (arguments.work / "results.json").write_text(json.dumps(results, indent=1) + "\n", "utf-8")
        print(_table(results[-1]), flush=True)
    return 0 if all(result["same_bytes"] is not False for result in results) else 1


def _measure(papers: int, arguments: argparse.Namespace) -> dict[str, Any]:
    work = arguments.work
    sources = Path(os.environ["DIGEST_SOURCES"]) if "DIGEST_SOURCES" in os.environ else None
    content = corpus(0 if papers == _REAL else papers, Path("content"), sources, work / "content")
    docs = work / f"docs-{papers}"
    result: dict[str, Any] = {"papers": papers, "builds": [], "search": []}
    for _ in range(0 if "build" in arguments.skip else arguments.repeat):
        result["builds"].append(_build(content, work / "whole"))
        if "pagefind" not in arguments.skip:
            result["search"].append(_pagefind(work / "whole")._asdict())
    shutil.rmtree(work / "whole", ignore_errors=True)  # makes room: DIR of --work may be in memory
    if arguments.edits is not None:
        chosen = arguments.edits or list(EDITS)
        result["edits"] = {
            name: run._asdict() for name, run in edits(content, work / "edits", _command, chosen).items()
        }
        result["shown"] = seconds_until_shown(work / "edits/content", "/")
        shutil.rmtree(work / "edits")
    if not docs.is_dir():
        subprocess.run([sys.executable, "-m", "bench.markdown_only", str(content), str(docs)], check=True)
    result["pages"], result["markdown_bytes"] = count_files(docs)
    chosen = [peer for peer in peers(_TOOLS) if peer.name not in arguments.skip]
    result["disk"] = _compare(chosen, docs, work / "work" / str(papers), arguments)
    result["same_bytes"] = _same(work / "work" / str(papers))
    if arguments.tmpfs:
        there = arguments.tmpfs / "digest-bench"
        try:
            copy = shutil.copytree(docs, there / "docs")
            result["tmpfs"] = _compare(chosen, copy, there, arguments)
        finally:
            shutil.rmtree(there, ignore_errors=True)
    return result


def _build(content: Path, site: Path) -> dict[str, Any]:
    """Measure a clean ``digest build`` and its stages."""
    timings = site.with_name("timings.json")
    _delete_caches(site)
    build_result = measure([*_command(content, site), "--timings", str(timings)], site)
    return {"whole": build_result._asdict(), "stages": _by_name(json.loads(timings.read_bytes()))}


def _command(content: Path, site: Path) -> list[str]:
    return [sys.executable, "-m", "generator", "build", "--content", str(content), "--site-dir", str(site)]


def _delete_caches(site: Path) -> None:
    """Delete everything that would make the next build incremental."""
    shutil.rmtree(os.environ["DIGEST_CACHE"], ignore_errors=True)
    for left in [site, *site.parent.glob(f".{site.name}.*"), *site.parent.glob(f"{site.name}.previous")]:
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)


def _by_name(stages: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join stages of the same name that ran in several processes: the longest time, the sum of CPU times."""
    stages_by_name: dict[str, dict[str, Any]] = {}
    for stage in stages:
        known = stages_by_name.setdefault(stage["name"], {**stage, "wall": 0.0, "cpu": 0.0, "peak": 0.0})
        # Processes run at the same time, so the longest one counts; their work adds up.
        known["wall"], known["peak"] = max(known["wall"], stage["wall"]), max(known["peak"], stage["peak"])
        known["cpu"] += stage["cpu"]
    return list(stages_by_name.values())


def _pagefind(site: Path) -> Measurement:
    """Measure the command line of Pagefind on the built site."""
    to = site.with_name("pagefind")
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--output-path", str(to)]
    try:
        return measure(command, to)
    finally:
        shutil.rmtree(to, ignore_errors=True)


def _compare(chosen: Sequence[Peer], docs: Path, work: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """Measure the peers in turn, ``--repeat`` times. A peer that fails is skipped from then on, with the reason."""
    runs: dict[str, list[Measurement]] = {peer.name: [] for peer in chosen}
    failed: dict[str, str] = {}
    for peer in chosen:
        peer.prepare(docs, work / peer.name)
    for number in range(arguments.repeat):
        for peer in chosen:
            # In turn, not one peer after the other: other programs on the machine then disturb all alike.
            if peer.name in failed or (number and peer.name in arguments.once):
                continue
            folder = (work / peer.name).resolve()
            command = peer.command(docs.resolve(), folder, folder / "site")
            try:
                runs[peer.name].append(measure(command, folder / "site", peer.environment))
            except (CommandFailed, OSError) as error:
                failed[peer.name] = str(error)
    return {
        "failed": failed,
        **{name: [run._asdict() for run in measured_runs] for name, measured_runs in runs.items() if measured_runs},
    }


def _same(work: Path) -> bool | None:
    """Whether the HTML pages of this generator and of stock MkDocs are equal; None if one of the two was not built."""
    ours, stock = work / "ours/site", work / _STOCK / "site"
    if not (ours.is_dir() and stock.is_dir()):
        return None
    # The sets of pages first: a missing page would otherwise not be compared.
    pages = {path.relative_to(stock) for path in stock.rglob("*.html")}
    if pages != {path.relative_to(ours) for path in ours.rglob("*.html")}:
        return False
    return all(filecmp.cmp(ours / page, stock / page, shallow=False) for page in pages)


def _table(result: dict[str, Any]) -> str:
    lines = [f"\n## {result['papers']:,} papers, {result['pages']:,} pages\n"]
    if result["builds"]:
        lines += ["| stage | wall s | CPU s | peak MB |", "|---|--:|--:|--:|"]
        for number, stage in enumerate(result["builds"][0]["stages"]):
            rows = [build["stages"][number] for build in result["builds"]]
            lines.append(f"| {stage['name']} | {_median(rows, 'wall'):.2f} | {_median(rows, 'cpu'):.2f} | "
                         f"{_median(rows, 'peak'):.0f} |")  # fmt: skip
        whole_builds = [build["whole"] for build in result["builds"]]
        lines.append(f"| **all** | {_median(whole_builds, 'wall'):.2f} | {_median(whole_builds, 'cpu'):.2f} | "
                     f"{_median(whole_builds, 'peak'):.0f} (all processes) |")  # fmt: skip
        lines.append(f"\n{whole_builds[0]['files']:,} files, {whole_builds[0]['size'] / 1e6:,.0f} MB\n")
    if search := result["search"]:
        lines.append(f"`pagefind --site` on the same site: {_median(search, 'wall'):.2f} s, CPU "
                     f"{_median(search, 'cpu'):.2f} s, {_median(search, 'peak'):.0f} MB\n")  # fmt: skip
    if "edits" in result:
        lines += ["| build after an edit | wall s | CPU s | peak MB |", "|---|--:|--:|--:|"]
        for name, run in result["edits"].items():
            lines.append(f"| {name} | {run['wall']:.2f} | {run['cpu']:.2f} | {run['peak']:.0f} |")
        lines.append("\nAfter the edits, the site equals that of a clean build. "
                     f"`digest serve` shows an edit after {result['shown']:.2f} s.\n")  # fmt: skip
    for where in ("disk", "tmpfs"):
        if where in result:
            lines += _peers_table(result[where], where, result["same_bytes"])
    return "\n".join(lines)


def _peers_table(compared: dict[str, Any], where: str, same: bool | None) -> list[str]:
    lines = [f"| pages on {where} | wall s | CPU s | peak MB | files | MB | wall / ours | CPU / ours |",
             "|---|--:|--:|--:|--:|--:|--:|--:|"]  # fmt: skip
    ours = compared.get("ours", [])
    for name, runs in compared.items():
        if name == "failed":
            continue
        ratio = {
            quantity: _median(runs, quantity) / _median(ours, quantity) if ours else float("nan")
            for quantity in ("wall", "cpu")
        }
        lines.append(
            f"| {name} | {_median(runs, 'wall'):.2f} | {_median(runs, 'cpu'):.2f} | {_median(runs, 'peak'):.0f} | "
            f"{runs[0]['files']:,} | {runs[0]['size'] / 1e6:.0f} | {ratio['wall']:.2f} | {ratio['cpu']:.2f} |"
        )
    lines += [f"\n{name} failed: {reason.strip().splitlines()[-1]}" for name, reason in compared["failed"].items()]
    if same is not None and where == "disk":
        lines.append(f"\nThe same bytes as stock MkDocs: {'yes' if same else 'NO'}\n")
    return lines


def _median(rows: Sequence[dict[str, float]], quantity: str) -> float:
    return statistics.median(row[quantity] for row in rows)


if __name__ == "__main__":
    raise SystemExit(main())
