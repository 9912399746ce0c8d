"""``python -m bench 521 5000 20000``: what a build costs at each size, stage by stage, and what peers take beside it.

521 is the real content. All programs build the same pages in turn, as often as ``--repeat`` says; medians are given,
and ratios to ours. What is made stays below ``build/bench`` and is used again.
"""

import argparse
import filecmp
import json
import os
import shutil
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.corpus import corpus
from bench.measure import Failed, Measured, measured, written
from bench.peers import Peer, peers

_WORK = Path("build/bench")
_REAL = 521
_STOCK = "stock"


def main() -> int:
    """Measure, print a table, and write ``build/bench/results.json``."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[_REAL, 5000, 20_000], help="papers (521: the real ones)")
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="measure so often (default: 3)")
    parser.add_argument("--skip", nargs="*", default=[], metavar="PEER", help="peers to leave out, or `build`")
    parser.add_argument("--tmpfs", type=Path, metavar="DIR", help="measure the pages stage there too, e.g. /dev/shm")
    arguments = parser.parse_args()
    results: list[dict[str, Any]] = []
    for papers in arguments.sizes:
        results.append(_measure(papers, arguments))
        (_WORK / "results.json").write_text(json.dumps(results, indent=1) + "\n", "utf-8")
        print(_table(results[-1]), flush=True)
    return 0 if all(result["same_bytes"] is not False for result in results) else 1


def _measure(papers: int, arguments: argparse.Namespace) -> dict[str, Any]:
    sources = Path(os.environ["DIGEST_SOURCES"]) if "DIGEST_SOURCES" in os.environ else None
    content = corpus(0 if papers == _REAL else papers, Path("content"), sources, _WORK / "content")
    docs = _WORK / f"docs-{papers}"
    builds = 0 if "build" in arguments.skip and docs.is_dir() else arguments.repeat
    result: dict[str, Any] = {"papers": papers, "builds": [_build(content, _WORK / "whole") for _ in range(builds)]}
    if builds:
        shutil.rmtree(docs, ignore_errors=True)
        shutil.copytree("build/docs", docs, copy_function=os.link)
    result["pages"], result["markdown_bytes"] = written(docs)
    chosen = [peer for peer in peers(_WORK / "tools/bin") if peer.name not in arguments.skip]
    result["disk"] = _compare(chosen, docs, _WORK / "work" / str(papers), arguments.repeat)
    result["same_bytes"] = _same(_WORK / "work" / str(papers))
    if arguments.tmpfs:
        there = arguments.tmpfs / "digest-bench"
        try:
            copy = shutil.copytree(docs, there / "docs")
            result["tmpfs"] = _compare(chosen, copy, there, arguments.repeat)
        finally:
            shutil.rmtree(there, ignore_errors=True)
    return result


def _build(content: Path, site: Path) -> dict[str, Any]:
    """A whole clean build, as ``digest build`` does it, with its stages."""
    timings = _WORK / "timings.json"
    command = [sys.executable, "-m", "generator", "build", "--content", str(content), "--site-dir", str(site)]
    shutil.rmtree("build/docs", ignore_errors=True)
    whole = measured([*command, "--timings", str(timings)], site)
    return {"whole": whole._asdict(), "stages": json.loads(timings.read_bytes())}


def _compare(chosen: Sequence[Peer], docs: Path, work: Path, repeat: int) -> dict[str, Any]:
    """Each peer in turn, as often as asked. A peer that fails is left out from then on, with the reason."""
    runs: dict[str, list[Measured]] = {peer.name: [] for peer in chosen}
    failed: dict[str, str] = {}
    for peer in chosen:
        peer.prepare(docs, work / peer.name)
    for _ in range(repeat):
        for peer in chosen:
            if peer.name in failed:
                continue
            folder = (work / peer.name).resolve()
            command = peer.command(docs.resolve(), folder, folder / "site")
            try:
                runs[peer.name].append(measured(command, folder / "site", peer.environment))
            except (Failed, OSError) as error:
                failed[peer.name] = str(error)
    return {"failed": failed, **{name: [run._asdict() for run in held] for name, held in runs.items() if held}}


def _same(work: Path) -> bool | None:
    """Whether all HTML pages of ours and of stock are equal; None if one of the two was not built."""
    ours, stock = work / "ours/site", work / _STOCK / "site"
    if not (ours.is_dir() and stock.is_dir()):
        return None
    pages = {path.relative_to(stock) for path in stock.rglob("*.html")}
    if pages != {path.relative_to(ours) for path in ours.rglob("*.html")}:
        return False
    return all(filecmp.cmp(ours / page, stock / page, shallow=False) for page in pages)


def _table(result: dict[str, Any]) -> str:
    lines = [f"\n## {result['papers']:,} papers, {result['pages']:,} pages\n"]
    if result["builds"]:
        lines += ["| stage | wall s | CPU s | peak MB |", "|---|--:|--:|--:|"]
        for at, stage in enumerate(result["builds"][0]["stages"]):
            rows = [build["stages"][at] for build in result["builds"]]
            lines.append(f"| {stage['name']} | {_median(rows, 'wall'):.2f} | {_median(rows, 'cpu'):.2f} | "
                         f"{_median(rows, 'peak'):.0f} |")  # fmt: skip
        whole = [build["whole"] for build in result["builds"]]
        lines.append(f"| **all** | {_median(whole, 'wall'):.2f} | {_median(whole, 'cpu'):.2f} | "
                     f"{_median(whole, 'peak'):.0f} (all processes) |")  # fmt: skip
        lines.append(f"\n{whole[0]['files']:,} files, {whole[0]['size'] / 1e6:,.0f} MB\n")
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
        ratio = {of: _median(runs, of) / _median(ours, of) if ours else float("nan") for of in ("wall", "cpu")}
        lines.append(
            f"| {name} | {_median(runs, 'wall'):.2f} | {_median(runs, 'cpu'):.2f} | {_median(runs, 'peak'):.0f} | "
            f"{runs[0]['files']:,} | {runs[0]['size'] / 1e6:.0f} | {ratio['wall']:.2f} | {ratio['cpu']:.2f} |"
        )
    lines += [f"\n{name} failed: {reason.strip().splitlines()[-1]}" for name, reason in compared["failed"].items()]
    if same is not None and where == "disk":
        lines.append(f"\nThe same bytes as stock: {'yes' if same else 'NO'}\n")
    return lines


def _median(rows: Sequence[dict[str, float]], of: str) -> float:
    return statistics.median(row[of] for row in rows)


if __name__ == "__main__":
    raise SystemExit(main())
