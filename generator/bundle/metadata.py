"""The metadata of an archive for registers: CodeMeta (https://codemeta.github.io) and Zenodo."""

import json
from typing import Any

from generator.model.settings import Settings

_SPDX = {"CC BY 4.0": "CC-BY-4.0", "CC0": "CC0-1.0", "CC0 1.0": "CC0-1.0", "CC BY-SA 4.0": "CC-BY-SA-4.0", "MIT": "MIT"}


def codemeta(settings: Settings, day: str, papers: int, version: str) -> str:
    """Return ``codemeta.json``: the digest as a data set, and the program that built its site."""
    fields: dict[str, Any] = {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "Dataset",
        "name": settings.name,
        "description": settings.description,
        "identifier": f"{settings.site_url}#{day}",
        "url": settings.site_url,
        "codeRepository": settings.repository or None,
        "license": settings.license_url or settings.license or None,
        "version": day,
        "dateModified": day,
        "size": f"{papers} papers",
        "inLanguage": settings.language,
        "creator": [{"@type": "Organization", "name": settings.name, "url": settings.site_url}],
        "isBasedOn": {"@type": "SoftwareApplication", "name": "paper-digest", "softwareVersion": version},
    }
    return _text(fields)


def zenodo(settings: Settings, day: str, papers: int) -> str:
    """Return ``.zenodo.json``: https://developers.zenodo.org/#representation."""
    fields: dict[str, Any] = {
        "title": f"{settings.name}, {day}",
        "description": f"{settings.description} {papers} papers with their texts, records, references and site.",
        "upload_type": "dataset",
        "publication_date": day,
        "version": day,
        "language": {"en": "eng", "de": "deu"}.get(settings.language),
        "access_right": "open",
        "license": _SPDX.get(settings.license, "").lower() or None,
        "creators": [{"name": settings.name}],
        "keywords": ["research papers", "digest"],
        "related_identifiers": [
            {"identifier": settings.site_url, "relation": "isIdenticalTo", "resource_type": "dataset"}
        ],
    }
    return _text(fields)


def _text(fields: dict[str, Any]) -> str:
    known = {name: value for name, value in fields.items() if value is not None}
    return json.dumps(known, ensure_ascii=False, indent=1) + "\n"
