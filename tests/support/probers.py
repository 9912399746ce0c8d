"""Probers of pages of this machine."""

from pathlib import Path

from generator.fetch.cache import ResponseCache
from generator.fetch.client import Limits
from generator.fetch.probe import Prober
from tests.fetch.test_client import Watch

LIMITS = Limits(connect=2, read=2, total=1, tries=2)


def make_prober(folder: Path, watch: Watch, *, allow_local: bool = True) -> Prober:
    return Prober(
        "toy/1 (+https://toy.example/)", ResponseCache(folder), LIMITS, watch.clock, pause=1, allow_local=allow_local
    )
