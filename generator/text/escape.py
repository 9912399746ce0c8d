"""One encoder per output format: each returns text that means exactly the given text there, and nothing more.

The encoders for BibTeX are in ``bibtex.py``, because its rules fill a module.
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
# characters that XML 1.0 does not allow, even as references
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML_SPECIAL = re.compile("[^\t\n\r\x20\x21\x23-\x25\x28-\x3b\x3d\x3f-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Also after spaces, and in full-width forms, which some spreadsheets treat like the ASCII ones.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
# With other locales, spreadsheets split a line at semicolons, tabs or bars, even inside quotes.
_CUTS = frozenset(";|\t\r\n")
_LATER_FORMULA = re.compile(r"(?<![\"\s;|])[\"\s;|]++(?=[=+\-@＝＋－＠])")
_COMMAND = re.compile(r"^(\s*)::")  # a workflow command at the start of a line, also after spaces
_PERCENT = {"%": "%25", "\r": "%0D", "\n": "%0A"}  # the escapes of GitHub's workflow commands
_BLOCK_START = re.compile(r"^(?:[-+:](?=\s|$|-)|\d+(?=[.)]))")  # a list, a definition or a rule


def for_html(text: str) -> str:
    """Encode text between tags, or inside a quoted attribute, of HTML."""
    return html.escape(text, quote=True)


@lru_cache(maxsize=1 << 14)  # the same names are on many pages
def for_markdown(text: str) -> str:
    """Encode one line of running text for Markdown, for Python-Markdown and for code hosts alike.

    Characters that only other renderers interpret (``{``, ``~``, ``^``, ``$``) become entities, and so do characters
    that would start a list at the beginning of a line.
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
    """Encode one segment or value inside a URL."""
    return quote(text, safe="")


def for_query(fields: Mapping[str, str]) -> str:
    """Encode the query of a URL that prefills a form, without characters that Markdown interprets."""
    return urlencode(fields, safe=":/").replace("_", "%5F")


def for_link(address: str) -> str:
    """Encode a validated URL as the target of a Markdown link, so that it cannot end the link."""
    return quote(address, safe="/:?#@!$&+,;=%-._~").replace("&", "&amp;")


def for_front_matter(value: Any) -> str:
    """Encode a value in YAML front matter: JSON, which is YAML, except that YAML escapes unprintable characters."""
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

    The apostrophe is also added within the text, where a cell begins for readers that split at other characters than
    commas. https://owasp.org/www-community/attacks/CSV_Injection
    """
    safe = _LATER_FORMULA.sub(lambda match: match[0] + "'" * bool(_CUTS.intersection(match[0])), text)
    safe = f"'{safe}" if _FORMULA.match(safe) else safe
    return '"' + safe.replace('"', '""') + '"'


def for_mail_header(text: str) -> str:
    """Encode a mail header for ``EmailMessage``: one line without encoded words (RFC 2047).

    ``EmailMessage`` encodes characters that are not ASCII. It decodes encoded words in its input and writes the result
    unchanged, line breaks included, so that a value could begin another header.
    """
    return _one_line(text).replace("=?", "= ?")


def for_mail_text(text: str) -> str:
    """Encode a paragraph of plain-text mail as one line without controls, which cannot imitate the end of the mail."""
    return _one_line(text)


def for_card(text: str) -> str:
    """Encode a line of an image: without characters that hide, move or reverse others (controls, format characters)."""
    return " ".join("".join(" " if category(char)[0] in "CZ" else char for char in normalize("NFC", text)).split())


def for_terminal(text: str) -> str:
    r"""Encode a name or a quotation for a terminal, without characters that move the cursor, hide or color text.

    A byte of a file name that is not UTF-8 is shown as ``\xff``, other invisible characters as their code.
    """
    return text if text.isprintable() else "".join(c if c.isprintable() else _code(c) for c in text)


def for_gitlab_log(text: str) -> str:
    """Encode text for the log of a GitLab job, whose commands all begin with control characters.

    https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections
    """
    return for_terminal(text)


def for_github_log(text: str) -> str:
    """Encode text for the log of a GitHub workflow: ``::name::`` after spaces, and ``##[`` anywhere, are commands.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions; ``##[`` is an older form, which the
    runner still parses (``ActionCommand.TryParse``).
    """
    line = for_terminal(text).replace("##[", "#\\u{23}[")
    return _COMMAND.sub(r"\1\\u{3a}:", line)


def for_annotation(text: str) -> str:
    """Encode the message of a GitHub workflow command; ``for_annotation_property`` encodes its properties."""
    line = "".join(_PERCENT.get(c) or (c if c.isprintable() else _code(c)) for c in text)
    return line.replace("##[", "#\\u{23}[")


def for_annotation_property(text: str) -> str:
    """Encode a property of a GitHub workflow command, such as its file."""
    return for_annotation(text).replace(":", "%3A").replace(",", "%2C")


def for_printed_json(value: Any, indent: int | None = None) -> str:
    """Encode JSON for people: invisible characters and lone surrogates are written as their code."""
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


def single_blank_lines(text: str) -> str:
    """``text`` with single empty lines, none of them at its start, and one line break at its end."""
    while "\n\n\n" in text:  # ten times as fast as a pattern
        text = text.replace("\n\n\n", "\n\n")
    return text.strip("\n") + "\n"
