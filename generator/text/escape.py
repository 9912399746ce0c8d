"""One encoder per sink: each takes any text and gives what means exactly that text there, and nothing more.

BibTeX, whose rules fill a module, has its encoders in ``bibtex.py``.
"""

import html
import json
import re
from collections.abc import Mapping
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
# A spreadsheet set to another language cuts a line at semicolons, tabs or bars, whatever stands in quotes.
_CUTS = frozenset(";|\t\r\n")
_LATER_FORMULA = re.compile(r"(?<![\"\s;|])[\"\s;|]++(?=[=+\-@＝＋－＠])")
_COMMAND = re.compile(r"^(\s*)::")
_PERCENT = {"%": "%25", "\r": "%0D", "\n": "%0A"}
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
    """The query of a URL that fills the fields of a form, without any sign that means something to Markdown."""
    return urlencode(fields, safe=":/").replace("_", "%5F")


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

    Also within the text, where another cell begins for a reader that cuts lines at something else than commas.
    https://owasp.org/www-community/attacks/CSV_Injection
    """
    safe = _LATER_FORMULA.sub(lambda match: match[0] + "'" * bool(_CUTS.intersection(match[0])), text)
    safe = f"'{safe}" if _FORMULA.match(safe) else safe
    return '"' + safe.replace('"', '""') + '"'


def for_mail_header(text: str) -> str:
    """A mail header's value for ``EmailMessage``: one line in which nothing reads as an encoded word (RFC 2047).

    ``EmailMessage`` encodes what is not ASCII. Encoded words in its input it decodes first and writes as they are, line
    breaks included, so a value could begin another header.
    """
    return _one_line(text).replace("=?", "= ?")


def for_mail_text(text: str) -> str:
    """A paragraph of a mail's plain text: one line without controls, which cannot look like the end of the mail."""
    return _one_line(text)


def for_card(text: str) -> str:
    """A line of a picture: what is drawn and nothing that moves, hides or turns it round (controls, format marks)."""
    return " ".join("".join(" " if category(char)[0] in "CZ" else char for char in normalize("NFC", text)).split())


def for_terminal(text: str) -> str:
    """A name or quoted text in a line for a person at a terminal: one line, in which nothing moves, hides or colours.

    A byte of a file's name that is no UTF-8 is shown as ``\\xff``, any other character that cannot be seen by its code.
    """
    return text if text.isprintable() else "".join(c if c.isprintable() else _code(c) for c in text)


def for_gitlab_log(text: str) -> str:
    """The same in the log of a GitLab job, whose commands (sections, colours) all begin with control characters.

    https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections
    """
    return for_terminal(text)


def for_github_log(text: str) -> str:
    """The same in the log of a GitHub workflow, where ``::name::`` begins a command after spaces, and ``##[`` anywhere.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions; ``##[`` is the older form, of which
    the runner's ``ActionCommand.TryParse`` tells.
    """
    line = for_terminal(text).replace("##[", "#\\u{23}[")
    return _COMMAND.sub(r"\1\\u{3a}:", line)


def for_annotation(text: str) -> str:
    """The message of a GitHub workflow command: one line. Properties of it pass ``for_annotation_property``."""
    line = "".join(_PERCENT.get(c) or (c if c.isprintable() else _code(c)) for c in text)
    return line.replace("##[", "#\\u{23}[")


def for_annotation_property(text: str) -> str:
    """A property of a GitHub workflow command, such as its file."""
    return for_annotation(text).replace(":", "%3A").replace(",", "%2C")


def for_printed_json(value: Any, indent: int | None = None) -> str:
    """JSON that is printed where people read: what cannot be seen stands there as its code, lone surrogates too."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return "".join(c if c.isprintable() or c == "\n" else _json_code(c) for c in text)


def _code(character: str) -> str:
    number = ord(character)
    if 0xDC80 <= number <= 0xDCFF:  # how Python represents a byte that is not UTF-8 (PEP 383)
        return f"\\x{number - 0xDC00:02x}"
    return f"\\u{{{number:x}}}"


def _json_code(character: str) -> str:
    return json.dumps(character)[1:-1]


def _one_line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


def at_most_one_empty(text: str) -> str:
    """A text with at most one empty line in a row, none at its start, and one line break at its end."""
    while "\n\n\n" in text:  # ten times as fast as a pattern
        text = text.replace("\n\n\n", "\n\n")
    return text.strip("\n") + "\n"
