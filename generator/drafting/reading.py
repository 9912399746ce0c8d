"""What a draft is written from: the text of an abstract, a page, a PDF or a file, with where it came from.

A paper's text is a stranger's. Sentences in it that speak to a machine are taken out before a model reads the rest.
"""

import hashlib
import re
from dataclasses import dataclass
from io import BytesIO

TEXT_MOST = 200_000
"""Characters of a source that are read: a long paper, not a book."""
_LEAST = 200  # characters below which a source holds no abstract
_SPOKEN_TO_MACHINES = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.]{0,40}\b(?:instructions?|prompts?|rules|guidelines)\b"
    r"|\b(?:you are|act as|as) an? (?:AI|LLM|(?:large )?language model|assistant|reviewer|chatbot)\b[^.]{0,80}"
    r"\b(?:must|should|please|write|say|give|rate|praise|output|never|always)\b"
    r"|\b(?:note|message|instructions?|attention)\b[^.]{0,20}\b(?:to|for) (?:all )?"
    r"(?:AI|LLMs?|(?:large )?language models?|assistants?|automated|machines?|AI reviewers?|summari[sz]ers?)\b"
    r"|\b(?:system|developer) prompt\b[^.]{0,40}:"
    r"|\b(?:in|into) your (?:summary|answer|response|output|review|draft)\b"
    r"|\b(?:respond|reply|answer|output)\b only (?:with|by)\b"
    r"|\b(?:do not|don't|never) (?:mention|report|list|reveal|include)\b[^.]{0,40}\b(?:limitations?|weakness(?:es)?"
    r"|negatives?|instructions?|shortcomings?)\b"
    r"|\b(?:give|write) (?:only )?(?:a )?positive (?:review|summary|rating)s?\b"
    r"|\b(?:if you are|when you are) (?:an? )?(?:AI|LLM|language model|machine)\b"
    r"|<\|?(?:im_start|im_end|system|assistant)\|?>|\[/?INST\]",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])(?:\s+)(?=[A-Z\"“(\[<$\\])")


class NoText(Exception):
    """A file or a page holds no text that could be read. The message says why."""


@dataclass(frozen=True)
class SourceText:
    """A text to write from: ``what`` it is (``abstract``, ``full text``), its address, its version, and itself.

    ``left_out`` are sentences that speak to machines; they are no part of ``text``.
    """

    what: str
    text: str
    url: str = ""
    version: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """The beginning of the hash of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


def source_text(what: str, text: str, url: str = "", version: str = "") -> SourceText:
    """A source made safe to read: of plain spaces, at most ``TEXT_MOST`` characters, nothing that speaks to machines.

    Raises NoText if next to nothing is left.
    """
    plain = " ".join(_joined_words(text).split())[:TEXT_MOST]
    sentences = _SENTENCE_END.split(plain)
    left_out = tuple(sentence for sentence in sentences if _SPOKEN_TO_MACHINES.search(sentence))
    rest = " ".join(sentence for sentence in sentences if sentence not in left_out)
    if len(rest) < _LEAST:
        raise NoText(f"the {what} has {len(rest)} characters of text; an abstract has more")
    return SourceText(what, rest, url, version, left_out)


def _joined_words(text: str) -> str:
    """Words that a line break divides, whole again; ligatures as letters."""
    for ligature, letters in (("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬀ", "ff"), ("ﬃ", "ffi"), ("ﬄ", "ffl"), ("\u00ad", "")):
        text = text.replace(ligature, letters)
    return re.sub(r"([a-z])-\n\s*([a-z])", r"\1\2", text)


def text_of_file(name: str, data: bytes) -> str:
    """The text of a file, by its content: a PDF, a page or plain text. Raises NoText."""
    if data.startswith(b"%PDF"):
        return text_of_pdf(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise NoText(f"{name} is neither a PDF nor text in UTF-8") from None
    return text_of_page(text) if re.match(r"\s*(?:<!doctype html|<html)", text, re.IGNORECASE) else text


def text_of_pdf(data: bytes) -> str:
    """The text of a PDF without its list of references. Raises NoText, for scanned pages as well."""
    from pypdf import PdfReader  # the extra ``draft``
    from pypdf.errors import PyPdfError

    try:
        pages = [page.extract_text() for page in PdfReader(BytesIO(data)).pages[:100]]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NoText(f"the PDF cannot be read ({type(error).__name__})") from None
    text = "\n".join(pages)
    if len(text.split()) < 50:
        raise NoText("the PDF holds no text; its pages may be pictures")
    return _without_references(text)


def text_of_page(text: str) -> str:
    """The text of a page such as arXiv's HTML: its article without navigation, references and formulas' source."""
    from selectolax.lexbor import LexborHTMLParser  # the extra ``draft``

    tree = LexborHTMLParser(text)
    for part in tree.css("script, style, nav, header, footer, .ltx_bibliography, .ltx_page_logo, annotation, button"):
        part.decompose()
    article = tree.css_first("article") or tree.css_first("main") or tree.body
    if article is None:
        raise NoText("the page has no body")
    return str(article.text(separator=" "))


def _without_references(text: str) -> str:
    headings = [
        match.start() for match in re.finditer(r"^\s*(?:\d+\s+)?references\s*$", text, re.IGNORECASE | re.MULTILINE)
    ]
    return text[: headings[-1]] if headings and headings[-1] > len(text) // 3 else text
