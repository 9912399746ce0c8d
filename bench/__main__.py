"""``python -m bench 521 5000 20000``: measure builds of 521, 5,000 and 20,000 papers, and compare other generators.

521 papers are the content of this repository, other numbers are generated content. A clean build is measured stage by
stage. Then this generator (``ours``), MkDocs (``stock``), Zensical and Hugo convert the same pages in turn. The tables
show medians and the ratios to this generator. Generated content stays in ``build/bench`` for the next run.
docs/bench.md explains the results.
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
from bench.edits import EDITS, measure_edits, seconds_until_shown
from bench.measure import CommandFailed, Measurement, count_files, measure
from bench.peers import PEER_NAMES, Peer, peers

_WORK = Path("build/bench")
_TOOLS = _WORK / "tools/bin"  # where ``make bench`` installs Zensical and Hugo
_REAL_COUNT = 521  # stands for the content of this repository, however many papers it has
_NAMES_IN_HELP = f"{', '.join(PEER_NAMES[:-1])} and {PEER_NAMES[-1]}"


def main() -> int:
    """Measure, print the tables, and write ``build/bench/results.json``. Return 1 if MkDocs gives other pages."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "paper_counts", nargs="*", type=int, default=[_REAL_COUNT, 5000, 20_000], metavar="PAPERS",
        help="numbers of papers (default: 521 5000 20000); 521 means the content of this repository",
    )  # fmt: skip
    parser.add_argument(
        "--repeat", type=int, default=3, metavar="N", help="measure builds and generators N times (default: 3)"
    )
    parser.add_argument(
        "--once", nargs="*", default=[], choices=PEER_NAMES, metavar="GENERATOR",
        help=f"measure these slow generators only once (of {_NAMES_IN_HELP})",
    )  # fmt: skip
    parser.add_argument(
        "--skip", nargs="*", default=[], choices=[*PEER_NAMES, "build", "pagefind"], metavar="NAME",
        help=f"leave out these generators (of {_NAMES_IN_HELP}), `pagefind --site` on the built site "
        "(`pagefind`), or this and the builds with their stages (`build`)",
    )  # fmt: skip
    parser.add_argument(
        "--edits", nargs="*", choices=EDITS, metavar="EDIT",
        help=f"also measure builds after edits: all, or those that are named (of {', '.join(map(repr, EDITS))})",
    )  # fmt: skip
    parser.add_argument(
        "--work", type=Path, default=_WORK, metavar="FOLDER", help=f"the folder for all files (default: {_WORK})"
    )
    parser.add_argument(
        "--tmpfs",
        type=Path,
        metavar="FOLDER",
        help="also compare the generators in a folder in memory, such as /dev/shm",
    )
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    # A cache of its own, because it is deleted before each clean build.
    os.environ["DIGEST_CACHE"] = str(arguments.work.resolve() / "cache")
    results: list[dict[str, Any]] = []
    for paper_count in arguments.paper_counts:
        results.append(_measure_content(paper_count, arguments))
        (arguments.work / "results.json").write_text(json.dumps(results, indent=1) + "\n", "utf-8")
        print(_table(results[-1]), flush=True)
    # None, not False, if no pages were compared.
    return 0 if all(result["same_bytes"] is not False for result in results) else 1


def _measure_content(paper_count: int, arguments: argparse.Namespace) -> dict[str, Any]:
    """All figures for content with ``paper_count`` papers."""
    work = arguments.work
    sources = Path(os.environ["DIGEST_SOURCES"]) if "DIGEST_SOURCES" in os.environ else None
    content = corpus(0 if paper_count == _REAL_COUNT else paper_count, Path("content"), sources, work / "content")
    site = work / "site"
    result: dict[str, Any] = {"papers": paper_count, "builds": [], "search": []}
    for _ in range(0 if "build" in arguments.skip else arguments.repeat):
        result["builds"].append(_measure_build(content, site))
        if "pagefind" not in arguments.skip:
            result["search"].append(_measure_pagefind(site)._asdict())
    shutil.rmtree(site, ignore_errors=True)  # frees space, which is scarce if the folder of --work is in memory
    if arguments.edits is not None:
        edits = measure_edits(content, work / "edits", _build_command, arguments.edits or list(EDITS))
        result["edits"] = {name: measurement._asdict() for name, measurement in edits.items()}
        result["shown"] = seconds_until_shown(work / "edits/content")
        shutil.rmtree(work / "edits")
    docs = work / f"docs-{paper_count}"
    if not docs.is_dir():
        subprocess.run([sys.executable, "-m", "bench.markdown_only", str(content), str(docs)], check=True)
    result["pages"], result["markdown_bytes"] = count_files(docs)
    compared_peers = [peer for peer in peers(_TOOLS) if peer.name not in arguments.skip]
    peers_folder = work / "peers" / str(paper_count)
    result["disk"] = _compare(compared_peers, docs, peers_folder, arguments)
    result["same_bytes"] = _are_pages_equal(peers_folder)
    if arguments.tmpfs:
        memory_folder = arguments.tmpfs / "digest-bench"
        try:
            copy = shutil.copytree(docs, memory_folder / "docs")
            result["tmpfs"] = _compare(compared_peers, copy, memory_folder, arguments)
        finally:
            shutil.rmtree(memory_folder, ignore_errors=True)
    return result


def _measure_build(content: Path, site: Path) -> dict[str, Any]:
    """Measure a clean ``digest build`` and its stages."""
    timings = site.with_name("timings.json")
    _delete_previous_build(site)
    build_result = measure([*_build_command(content, site), "--timings", str(timings)], site)
    return {"whole": build_result._asdict(), "stages": _join_by_name(json.loads(timings.read_bytes()))}


def _build_command(content: Path, site: Path) -> list[str]:
    return [sys.executable, "-m", "generator", "build", "--content", str(content), "--site-dir", str(site)]


def _delete_previous_build(site: Path) -> None:
    """Delete everything that would make the next build incremental: the cache, and folders of previous sites."""
    shutil.rmtree(os.environ["DIGEST_CACHE"], ignore_errors=True)
    for path in [site, *site.parent.glob(f".{site.name}.*"), *site.parent.glob(f"{site.name}.previous")]:
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def _join_by_name(stages: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join stages of the same name, which ran in several processes at the same time."""
    stages_by_name: dict[str, dict[str, Any]] = {}
    for stage in stages:
        joined = stages_by_name.setdefault(stage["name"], {**stage, "wall": 0.0, "cpu": 0.0, "peak": 0.0})
        # The stage ends with its last process, so the longest time counts. CPU times add up.
        joined["wall"], joined["peak"] = max(joined["wall"], stage["wall"]), max(joined["peak"], stage["peak"])
        joined["cpu"] += stage["cpu"]
    return list(stages_by_name.values())


def _measure_pagefind(site: Path) -> Measurement:
    """Measure ``pagefind --site`` on the built site, for comparison with the search index of ``digest build``."""
    output = site.with_name("pagefind")
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--output-path", str(output)]
    try:
        return measure(command, output)
    finally:
        shutil.rmtree(output, ignore_errors=True)


def _compare(compared_peers: Sequence[Peer], docs: Path, work: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """Measure the generators in turn, ``--repeat`` times. One that fails is not run again, and the reason is stored.

    Returns the measurements by the name of the generator, and below ``failed`` the reasons.
    """
    runs: dict[str, list[Measurement]] = {peer.name: [] for peer in compared_peers}
    failed: dict[str, str] = {}
    for peer in compared_peers:
        peer.prepare(docs, work / peer.name)
    for round_number in range(arguments.repeat):
        for peer in compared_peers:
            # In turn, so that other programs on the machine disturb all generators alike.
            if peer.name in failed or (round_number and peer.name in arguments.once):
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


def _are_pages_equal(work: Path) -> bool | None:
    """Whether the HTML pages of this generator and of stock MkDocs are equal; None if one of the two was not built."""
    ours, stock = work / "ours/site", work / "stock/site"
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
        lines += ["| stage | elapsed s | CPU s | peak MB |", "|---|--:|--:|--:|"]
        for number, stage in enumerate(result["builds"][0]["stages"]):
            runs = [build["stages"][number] for build in result["builds"]]
            lines.append(f"| {stage['name']} | {_median(runs, 'wall'):.2f} | {_median(runs, 'cpu'):.2f} | "
                         f"{_median(runs, 'peak'):.0f} |")  # fmt: skip
        whole_builds = [build["whole"] for build in result["builds"]]
        lines.append(f"| **whole build** | {_median(whole_builds, 'wall'):.2f} | {_median(whole_builds, 'cpu'):.2f} | "
                     f"{_median(whole_builds, 'peak'):.0f} (all processes) |")  # fmt: skip
        lines.append(f"\nThe site has {whole_builds[0]['files']:,} files, {whole_builds[0]['size'] / 1e6:,.0f} MB.\n")
    if search := result["search"]:
        lines.append(f"`pagefind --site` on the same site takes {_median(search, 'wall'):.2f} s, "
                     f"{_median(search, 'cpu'):.2f} s of CPU time and {_median(search, 'peak'):.0f} MB.\n")  # fmt: skip
    if "edits" in result:
        lines += ["| build after an edit | elapsed s | CPU s | peak MB |", "|---|--:|--:|--:|"]
        for name, run in result["edits"].items():
            lines.append(f"| {name} | {run['wall']:.2f} | {run['cpu']:.2f} | {run['peak']:.0f} |")
        lines.append("\nAfter the edits, the site is byte for byte that of a clean build. "
                     f"`digest serve` shows an edit after {result['shown']:.2f} s.\n")  # fmt: skip
    for place, folder in (("disk", "the folder of --work"), ("tmpfs", "the folder of --tmpfs")):
        if place in result:
            lines += _peers_table(result[place], folder)
    if result["same_bytes"] is not None:
        lines.append(f"\nThe pages of `stock` have the same bytes as those of `ours`: "
                     f"{'yes' if result['same_bytes'] else 'NO'}\n")  # fmt: skip
    return "\n".join(lines)


def _peers_table(runs_by_peer: dict[str, Any], folder: str) -> list[str]:
    lines = [f"| pages only, in {folder} | elapsed s | CPU s | peak MB | files | MB | elapsed / ours | CPU / ours |",
             "|---|--:|--:|--:|--:|--:|--:|--:|"]  # fmt: skip
    ours = runs_by_peer.get("ours", [])
    for name, runs in runs_by_peer.items():
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
    lines += [f"\n{name} failed: {_last_line(reason)}" for name, reason in runs_by_peer["failed"].items()]
    return lines


def _last_line(text: str) -> str:
    return text.strip().rpartition("\n")[2]


def _median(runs: Sequence[dict[str, float]], quantity: str) -> float:
    return statistics.median(run[quantity] for run in runs)


if __name__ == "__main__":
    raise SystemExit(main())
