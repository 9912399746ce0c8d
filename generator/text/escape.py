"""One encoder per sink: each takes any text and gives what means exactly that text there, and nothing more.

BibTeX, whose rules fill a module, has its encoders in ``bibtex.py``.
"""

import html
import json
import re
from collections.abc import Mapping
from email.header import Header
from functools import lru_cache
from typing import Any
from unicodedata import category, normalize
from urllib.parse import quote, urlencode

_MARKDOWN = str.maketrans(
    {
        "&": "&amp;", "<": "&lt;", ">": "&gt;", "{": "&#123;", "}": "&#125;", "|": "&#124;", "~": "&#126;",
        "^": "&#94;", "=": "&#61;", "`": "&#96;", "$": "&#36;", "\\": "&#92;", '"': "&quot;",
        "*": r"\*", "_": r"\_", "[": r"\[", "]": r"\]", "#": r"\#",
    }
)  # fmt: skip
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML_ASKS = re.compile("[^\t\n\r\x20\x21\x23-\x25\x28-\x3b\x3d\x3f-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Also after spaces, and in the full-width forms that some spreadsheets take for the plain ones.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_BLOCK_START = re.compile(r"^(?:[-+:](?=\s|$|-)|\d+(?=[.)]))")


def for_html(text: str) -> str:
    """Text between tags, or inside a quoted attribute, of HTML."""
    return html.escape(text, quote=True)


@lru_cache(maxsize=1 << 14)  # names stand on many pages
def for_markdown(text: str) -> str:
    """Running text of one line in Markdown, for Python-Markdown and for code hosts alike.

    Marks that only mean something in other renderers (``{``, ``~``, ``^``, ``$``) become entities, and so does what
    would open a list at the start of a line.
    """
    line = " ".join(text.split()).translate(_MARKDOWN)
    opener = _BLOCK_START.match(line)
    if opener is None:
        return line
    end = opener.end()
    if opener[0].isdigit():
        return f"{line[:end]}&#{ord(line[end])};{line[end + 1 :]}"
    return f"&#{ord(line[0])};{line[1:]}"


def for_url(text: str) -> str:
    """One segment or value inside a URL."""
    return quote(text, safe="")


def for_query(fields: Mapping[str, str]) -> str:
    """The query of a URL that fills the fields of a form. What needs no encoding there stays readable."""
    return urlencode(fields, safe=":/[]")


def for_link(address: str) -> str:
    """An address that passed the door, as the target of a Markdown link: nothing in it can end the link."""
    return quote(address, safe="/:?#@!$&+,;=%-._~").replace("&", "&amp;")


def for_front_matter(value: Any) -> str:
    """A value in YAML front matter: JSON is YAML, but for what is not printable, which YAML escapes in its own way."""
    text = json.dumps(value, ensure_ascii=False)
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in text)


def for_script(value: Any) -> str:
    """JSON inside a ``<script>`` element: nothing in it can close the element or open a comment."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def for_xml(text: str) -> str:
    """Text or a quoted attribute of XML 1.0; characters that XML cannot hold are dropped."""
    if not _XML_ASKS.search(text):  # most names and titles
        return text
    return html.escape(_NOT_XML.sub("", text), quote=True).replace("&#x27;", "&#39;")


def for_ris(text: str) -> str:
    """The value of one RIS tag: one line, since only a new line can begin another tag.

    https://en.wikipedia.org/wiki/RIS_(file_format)
    """
    return _one_line(text)


def for_csv(text: str) -> str:
    """One cell of CSV (RFC 4180), quoted. What a spreadsheet would run as a formula gets an apostrophe in front.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    safe = f"'{text}" if _FORMULA.match(text) else text
    return '"' + safe.replace('"', '""') + '"'


def for_mail_header(text: str) -> str:
    """The value of a mail header: one line of ASCII, as encoded words (RFC 2047) where the text needs them."""
    line = _one_line(text)
    is_plain = line.isascii() and "=?" not in line
    return line if is_plain else Header(line, "utf-8", maxlinelen=76).encode(linesep="\n")


def for_mail_text(text: str) -> str:
    """A paragraph of a mail's plain text: one line without controls, which cannot look like the end of the mail."""
    return _one_line(text)


def for_card(text: str) -> str:
    """A line of a picture: what is drawn and nothing that moves, hides or turns it round (controls, format marks)."""
    return " ".join("".join(" " if category(char)[0] in "CZ" else char for char in normalize("NFC", text)).split())


def _one_line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())
