"""Files in ``search/ids/`` with the number of each paper by its identifiers and entry ids.

An identifier is in the file of its last letters: the first ones are the same for thousands (``10.1``, ``2501``).
"""

from collections.abc import Iterator, Mapping

from generator.build.task import File
from generator.model.catalog import Catalog
from generator.search.shards import Shard, Sizes, last_letters, shard_files, shards

_SIZES = Sizes(largest=12_000, small=4_000, full=8_000)


def identifiers(catalog: Catalog) -> dict[str, int]:
    """The numbers of all papers by identifier, in lower case as readers may type them."""
    numbers: dict[str, int] = {}
    for number, paper in enumerate(catalog.papers.values()):
        for name in (*paper.identifiers.values(), paper.id, *paper.aliases):
            numbers.setdefault(name.lower(), number)
    return numbers


def identifier_shards(numbers: Mapping[str, int]) -> list[Shard]:
    """Divide the identifiers into files."""
    return shards(
        {
            name: f'"{name}":{number}'
            for name, number in sorted(numbers.items())
            if '"' not in name and "\\" not in name
        },
        last_letters,
        _SIZES,
    )


def identifier_files(shards: list[Shard]) -> Iterator[File]:
    """Yield the files."""
    return shard_files("search/ids", shards, "{", "}")
