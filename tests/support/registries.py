"""A server that answers as arXiv, Crossref and OpenReview do, with records of a test."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from generator.watching.registries import REGISTRIES, Registry
from tools.web_server import run_server

Records = dict[str, dict[str, Any]]


@dataclass
class Registries:
    """Records by kind (``arxiv``, ``crossref``, ``notices``, ``openreview``) and identifier; requests as they came."""

    records: dict[str, Records]
    port: int = 0
    requests: list[str] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    @property
    def registries(self) -> tuple[Registry, ...]:
        """The table of the program, at this server's address."""
        return tuple(
            replace(registry, address_pattern=f"http://127.0.0.1:{self.port}/{urlsplit(registry.address_pattern).netloc}?"
                    + registry.address_pattern.partition("?")[2])
            for registry in REGISTRIES
        )  # fmt: skip

    def answer(self, host: str, query: dict[str, list[str]]) -> str:
        if host in self.broken:
            return "<html>maintenance</html>"
        if host == "export.arxiv.org":
            names = query["id_list"][0].split(",")
            known = self.records.get("arxiv", {})
            return _feed({name: known[name] for name in names if name in known})
        if host == "api2.openreview.net":
            (name,) = query["id"]
            record = self.records.get("openreview", {}).get(name)
            return json.dumps({"notes": [_note(name, record)] if record else [], "count": 1})
        filters = [part.partition(":") for part in query["filter"][0].split(",")]
        works: list[dict[str, Any]] = []
        for kind, _, doi in filters:
            if kind == "updates":
                notices = self.records.get("notices", {}).get(doi, {}).get("items", [])
                works += [{"DOI": notice["DOI"], "update-to": [{**notice, "DOI": doi}]} for notice in notices]
            elif doi in self.records.get("crossref", {}):
                works.append({"DOI": doi.upper(), **self.records["crossref"][doi]})
        return json.dumps({"status": "ok", "message": {"items": works}})


@contextmanager
def registries(records: dict[str, Records]) -> Iterator[Registries]:
    """The server while the block runs."""
    state = Registries(records)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            state.requests.append(self.path)
            body = state.answer(parts.path.strip("/"), parse_qs(parts.query)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with run_server(Handler) as state.port:
        yield state


def _feed(records: Records) -> str:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">'
        + "".join(_entry(name, record) for name, record in records.items())
        + "</feed>"
    )


def _entry(name: str, record: dict[str, Any]) -> str:
    fields = {"updated": "updated", "summary": "summary", "title": "title"}
    own = {"comment": "arxiv:comment", "journal_ref": "arxiv:journal_ref", "doi": "arxiv:doi"}
    works_xml = "".join(
        f"<{tag}>{escape(str(record[key]))}</{tag}>" for key, tag in {**fields, **own}.items() if key in record
    )
    return f"<entry><id>http://arxiv.org/abs/{name}v{record['version']}</id>{works_xml}</entry>"


def _note(name: str, record: dict[str, Any]) -> dict[str, Any]:
    content = {key: {"value": record[key]} for key in ("venue", "venueid") if record.get(key)}
    return {"id": name, "forum": name, "mdate": record.get("mdate"), "content": content}
