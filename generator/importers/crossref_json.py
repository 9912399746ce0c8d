"""Works of Crossref's REST API: one work, or a list of them.

https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md
"""

from typing import Any

from generator.importers.csl_json import record_of
from generator.importers.public_record import add_record, unreadable
from generator.importers.raw_paper import Options, Parsed
from generator.importers.untyped import document, mapping, mappings

NAME = "crossref-json"


def recognises(text: str) -> bool:
    """The API's envelope around a work or a list of works."""
    return bool(_works(document(text, '"message"', '"DOI"')))


def read(text: str, options: Options) -> Parsed:
    """Read the works."""
    works = _works(document(text))
    parsed = Parsed() if works else unreadable(NAME)
    for ordinal, work in enumerate(works, 1):
        key = str(work.get("DOI") or f"{options.origin}:{ordinal}")
        add_record(parsed, record_of(work, key), NAME, options)
    return parsed


def _works(value: Any) -> list[dict[str, Any]]:
    message = mapping(mapping(value).get("message"))
    return [message] if "DOI" in message else mappings(message.get("items"))
