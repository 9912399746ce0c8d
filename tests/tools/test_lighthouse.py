"""The host on which Lighthouse tests a site, and the scores of its reports."""

import gzip
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tools.lighthouse.__main__ import HostHandler, costly_audits
from tools.web_server import serve_site


def _get(address: str, encoding: str = "") -> tuple[bytes, dict[str, str]]:
    with urlopen(Request(address, headers={"Accept-Encoding": encoding})) as response:
        return response.read(), dict(response.headers)


def test_texts_are_compressed_if_the_browser_accepts_it(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("x", "utf-8")
    (tmp_path / "a.png").write_bytes(b"x")
    with serve_site(tmp_path, HostHandler) as root:
        data, headers = _get(f"{root}/a.css", "gzip")
        assert gzip.decompress(data) == b"x"
        assert (headers["Content-Encoding"], headers["Cache-Control"]) == ("gzip", "public, max-age=600")
        assert _get(f"{root}/a.css")[0] == b"x"
        assert _get(f"{root}/a.png", "gzip")[0] == b"x"


def test_folders_have_their_page_and_robots_txt_lacks_what_lighthouse_reports(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("home", "utf-8")
    (tmp_path / "robots.txt").write_text("Content-Signal: search=yes\nAllow: /\n", "utf-8")
    with serve_site(tmp_path, HostHandler) as root:
        assert _get(f"{root}/")[0] == b"home"
        assert _get(f"{root}/robots.txt")[0] == b"Allow: /\n"
        with pytest.raises(HTTPError, match="404"):
            _get(f"{root}/missing")


@pytest.mark.parametrize(
    ("audit", "line"),
    [
        ({"title": "Slow", "score": 0.5, "displayValue": "3 s"}, "performance: Slow 3 s"),
        ({"title": "Broken", "score": None, "errorMessage": "no trace"}, "performance: Broken no trace"),
    ],
)
def test_low_scores_and_audits_that_failed_to_run_are_reported(audit: dict[str, Any], line: str) -> None:
    refs = [{"id": "tested", "weight": 1}, {"id": "unsuitable", "weight": 0}]
    audits = {"tested": audit, "unsuitable": {"title": "Unsuitable", "score": None}}
    report = {"categories": {"performance": {"auditRefs": refs}}, "audits": audits}
    assert costly_audits(report, "performance") == [line]
