"""The host on which Lighthouse tests a site."""

import gzip
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tools.lighthouse.__main__ import hosted


def _get(address: str, encoding: str = "") -> tuple[bytes, dict[str, str]]:
    with urlopen(Request(address, headers={"Accept-Encoding": encoding})) as response:
        return response.read(), dict(response.headers)


def test_texts_are_compressed_if_the_browser_accepts_it(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("x", "utf-8")
    (tmp_path / "a.png").write_bytes(b"x")
    with hosted(tmp_path) as root:
        data, headers = _get(f"{root}/a.css", "gzip")
        assert gzip.decompress(data) == b"x"
        assert (headers["Content-Encoding"], headers["Cache-Control"]) == ("gzip", "public, max-age=600")
        assert _get(f"{root}/a.css")[0] == b"x"
        assert _get(f"{root}/a.png", "gzip")[0] == b"x"


def test_folders_have_their_page_and_robots_txt_lacks_what_lighthouse_reports(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("home", "utf-8")
    (tmp_path / "robots.txt").write_text("Content-Signal: search=yes\nAllow: /\n", "utf-8")
    with hosted(tmp_path) as root:
        assert _get(f"{root}/")[0] == b"home"
        assert _get(f"{root}/robots.txt")[0] == b"Allow: /\n"
        with pytest.raises(HTTPError, match="404"):
            _get(f"{root}/missing")
