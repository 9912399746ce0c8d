"""Encoders, one per output format: a reader of the format gets exactly the given text, and no markup or command.

The encoders for BibTeX are in ``bibtex.py``.
"""

import html
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from unicodedata import category, normalize
from urllib.parse import quote, urlencode

_MARKDOWN_ESCAPES = str.maketrans(
    {
        "&": "&amp;", "<": "&lt;", ">": "&gt;", "{": "&#123;", "}": "&#125;", "|": "&#124;", "~": "&#126;",
        "^": "&#94;", "=": "&#61;", "`": "&#96;", "$": "&#36;", "\\": "&#92;", '"': "&quot;",
        "*": r"\*", "_": r"\_", "[": r"\[", "]": r"\]", "#": r"\#",
    }
)  # fmt: skip
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# Characters that XML 1.0 does not allow, even as references.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The same, and the characters that XML escapes.
_XML_SPECIAL = re.compile("[^\t\n\r\x20\x21\x23-\x25\x28-\x3b\x3d\x3f-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The start of a cell that spreadsheets run. Some ignore spaces before it, or treat full-width forms like ASCII.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
# With some locales, spreadsheets split a line at these characters too, even inside quotes.
_CELL_SEPARATORS = frozenset(";|\t\r\n")
# Spaces, quotes and separators before a formula inside the text.
_BEFORE_LATER_FORMULA = re.compile(r"(?<![\"\s;|])[\"\s;|]++(?=[=+\-@＝＋－＠])")
_WORKFLOW_COMMAND = re.compile(r"^(\s*)::")  # of GitHub, at the start of a line or after spaces
_WORKFLOW_ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_BLOCK_START = re.compile(r"^(?:[-+:](?=\s|$|-)|\d+(?=[.)]))")  # a list (``- ``, ``1.``), a definition or a rule


def for_html(text: str) -> str:
    """Encode text between tags, or inside a quoted attribute, of HTML."""
    return html.escape(text, quote=True)


@lru_cache(maxsize=1 << 14)  # the same names are on many pages
def for_markdown(text: str) -> str:
    """Encode one line of running text for Markdown, as Python-Markdown and code hosts read it.

    Characters that only some of them interpret (``{``, ``~``, ``^``, ``$``) become entities, and so does a character
    that would start a list or another block.
    """
    line = " ".join(text.split()).translate(_MARKDOWN_ESCAPES)
    block_start = _BLOCK_START.match(line)
    if block_start is None:
        return line
    # The character to encode: the first one, or the full stop or bracket after a number.
    position = block_start.end() if block_start[0].isdigit() else 0
    return f"{line[:position]}&#{ord(line[position])};{line[position + 1 :]}"


def for_url(text: str) -> str:
    """Encode one path segment or query value of a URL."""
    return quote(text, safe="")


def for_query(fields: Mapping[str, str]) -> str:
    """Encode the query of a URL that prefills a form, without characters that Markdown interprets."""
    return urlencode(fields, safe=":/").replace("_", "%5F")


def for_link(address: str) -> str:
    """Encode a validated URL as the target of a Markdown link, so that it cannot end the link."""
    return quote(address, safe="/:?#@!$&+,;=%-._~").replace("&", "&amp;")


def for_front_matter(value: Any) -> str:
    """Encode a value in YAML front matter: as JSON, which YAML can read, but with YAML's escapes (``\\U0000202e``)."""
    text = json.dumps(value, ensure_ascii=False)
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in text)


def for_script(value: Any) -> str:
    """Encode JSON inside a ``<script>`` element, so that it cannot close the element or open a comment."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def for_xml(text: str) -> str:
    """Encode text or a quoted attribute of XML 1.0. Characters that XML does not allow are dropped."""
    if not _XML_SPECIAL.search(text):  # most names and titles
        return text
    return html.escape(_NOT_XML.sub("", text), quote=True).replace("&#x27;", "&#39;")


def for_ris(text: str) -> str:
    """Encode the value of one RIS tag as one line, since only a new line can begin another tag.

    https://en.wikipedia.org/wiki/RIS_(file_format)
    """
    return _one_line(text)


def for_csv(text: str) -> str:
    """Encode one cell of CSV (RFC 4180), quoted. Text that a spreadsheet would run gets an apostrophe in front.

    The apostrophe is also added after separators in the text where a spreadsheet may begin a cell.
    https://owasp.org/www-community/attacks/CSV_Injection
    """

    def with_apostrophe(match: re.Match[str]) -> str:
        return f"{match[0]}'" if _CELL_SEPARATORS.intersection(match[0]) else match[0]

    safe = _BEFORE_LATER_FORMULA.sub(with_apostrophe, text)
    safe = f"'{safe}" if _FORMULA.match(safe) else safe
    return '"' + safe.replace('"', '""') + '"'


def for_mail_header(text: str) -> str:
    """Encode a mail header for ``EmailMessage``: one line without encoded words (RFC 2047).

    ``EmailMessage`` itself encodes characters that are not ASCII. It decodes encoded words in its input and writes the
    result with its line breaks, so that a value with encoded words could begin another header.
    """
    return _one_line(text).replace("=?", "= ?")


def for_mail_text(text: str) -> str:
    """Encode a paragraph of plain-text mail as one line, so that it cannot imitate other parts, such as the footer."""
    return _one_line(text)


def for_card(text: str) -> str:
    """Encode a line of an image: spaces replace control and format characters, which hide, move or reverse others."""
    return " ".join("".join(" " if category(char)[0] in "CZ" else char for char in normalize("NFC", text)).split())


def for_terminal(text: str) -> str:
    r"""Encode a name or a quotation for a terminal, without characters that move the cursor, hide or color text.

    A byte of a file name that is not UTF-8 becomes ``\xff``, other invisible characters become ``\u{202e}``.
    """
    return text if text.isprintable() else "".join(c if c.isprintable() else _code_point_escape(c) for c in text)


def for_gitlab_log(text: str) -> str:
    """Encode text for the log of a GitLab job, whose commands all begin with control characters.

    https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections
    """
    return for_terminal(text)


def for_github_log(text: str) -> str:
    """Encode text for the log of a GitHub workflow, without workflow commands.

    Commands are ``::name::`` at the start of a line or after spaces, and ``##[`` anywhere: an older form, which the
    runner still parses (``ActionCommand.TryParse``).
    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    line = for_terminal(text).replace("##[", "#\\u{23}[")
    return _WORKFLOW_COMMAND.sub(r"\1\\u{3a}:", line)


def for_annotation(text: str) -> str:
    """Encode the message of a GitHub workflow command; ``for_annotation_property`` encodes its properties."""
    line = "".join(_WORKFLOW_ESCAPES.get(c) or (c if c.isprintable() else _code_point_escape(c)) for c in text)
    return line.replace("##[", "#\\u{23}[")


def for_annotation_property(text: str) -> str:
    """Encode a property of a GitHub workflow command, such as its file."""
    return for_annotation(text).replace(":", "%3A").replace(",", "%2C")


def for_printed_json(value: Any, indent: int | None = None) -> str:
    """Encode JSON for people: invisible characters and lone surrogates become JSON's escapes (``\\u202e``)."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return "".join(c if c.isprintable() or c == "\n" else _json_escape(c) for c in text)


def _code_point_escape(character: str) -> str:
    number = ord(character)
    if 0xDC80 <= number <= 0xDCFF:  # how Python represents a byte that is not UTF-8 (PEP 383)
        return f"\\x{number - 0xDC00:02x}"
    return f"\\u{{{number:x}}}"


def _json_escape(character: str) -> str:
    return json.dumps(character)[1:-1]


def _one_line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


def single_blank_lines(text: str) -> str:
    """Return ``text`` with at most one empty line in a row, none at the start, and one line break at the end."""
    while "\n\n\n" in text:  # ten times as fast as a regular expression
        text = text.replace("\n\n\n", "\n\n")
    return text.strip("\n") + "\n"
