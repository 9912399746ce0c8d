"""The titles of public records in the cache, whatever their age. Sends no request."""

from collections.abc import Mapping
from pathlib import Path

from generator.fetch.cache import Cache
from generator.fetch.sites import SITES
from generator.importers.raw_paper import Options
from generator.model.catalog import Content
from generator.text.addresses import Identifier, identifier

CACHE = Path(".cache/fetch")
"""The folder with cached answers of sites."""


def recorded_titles(content: Content, folder: Path) -> Mapping[tuple[str, str], str]:
    """Return the title for each kind and value of an identifier whose record is in the cache ``folder``."""
    if not folder.is_dir():
        return {}
    cache = Cache(folder)
    identifiers = (pair for paper in content.papers for pair in paper.identifiers.items())
    titles = {(kind, value): _title(cache, Identifier(kind, value)) for kind, value in identifiers}
    return {pair: title for pair, title in titles.items() if title}


def _title(cache: Cache, wanted: Identifier) -> str:
    from generator.importers.kinds import by_name  # imports every format's library; most checks have no cached records

    for site in SITES:
        answer = cache.stored(site.address(wanted)) if site.kind == wanted.kind else None
        importer = by_name(site.importer)
        if answer is None or importer is None or not importer.recognises(answer[0]):
            continue
        for paper in importer.read(answer[0], Options(origin="")).papers:
            value, title = paper.fields.get(wanted.kind), paper.fields.get("title")
            if isinstance(value, str) and isinstance(title, str) and identifier(wanted.kind, value) == wanted:
                return title
    return ""
