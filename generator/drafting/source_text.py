"""The source of a draft: the text of an abstract, a page, a PDF or a file, with its origin.

A paper's text is untrusted. Sentences that address a machine are removed before a model reads the rest.
"""

import hashlib
import re
from dataclasses import dataclass
from io import BytesIO

MAX_CHARACTERS = 200_000
"""The maximum number of characters of a source: enough for a long paper, but not for a book."""
_MIN_CHARACTERS = 200  # characters; a shorter source does not even contain an abstract
_MAX_PAGES = 100  # pages of a PDF; more pages exceed MAX_CHARACTERS
_MIN_PDF_WORDS = 50  # words; a PDF with fewer consists of scanned pages
# Instructions that papers hide to influence reviews and summaries by language models. The patterns find common ones,
# such as "ignore all previous instructions". The gates and a reviewer must find the effects of others.
_INSTRUCTIONS_TO_MODELS = re.compile(
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
# A sentence begins with a capital, a quotation mark, a bracket or a formula, and not with a digit, as after "Fig.".
_SENTENCE_END = re.compile(r"(?<=[.!?])(?:\s+)(?=[A-Z\"“(\[<$\\])")


class NoText(Exception):
    """A file or a page contains no readable text. The message gives the reason."""


@dataclass(frozen=True)
class SourceText:
    """The source of a draft: its text, URL and version. ``what`` is its kind, ``abstract`` or ``full text``.

    ``left_out`` are sentences that address machines. They are not part of ``text``.
    """

    what: str
    text: str
    url: str = ""
    version: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def short_hash(self) -> str:
        """The beginning of the SHA-256 hash of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


def clean_source(what: str, text: str, url: str = "", version: str = "") -> SourceText:
    """Clean a source: single spaces, at most ``MAX_CHARACTERS`` characters, no sentences that address machines.

    Raises NoText if too little text remains.
    """
    plain = " ".join(_repaired(text).split())[:MAX_CHARACTERS]
    sentences = _SENTENCE_END.split(plain)
    left_out = tuple(sentence for sentence in sentences if _INSTRUCTIONS_TO_MODELS.search(sentence))
    kept_text = " ".join(sentence for sentence in sentences if sentence not in left_out)
    if len(kept_text) < _MIN_CHARACTERS:
        raise NoText(f"the {what} has {len(kept_text)} characters of text; an abstract has more")
    return SourceText(what, kept_text, url, version, left_out)


def _repaired(text: str) -> str:
    """Join words that are hyphenated at line breaks, replace ligatures by letters, and delete soft hyphens."""
    for ligature, letters in (("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬀ", "ff"), ("ﬃ", "ffi"), ("ﬄ", "ffl"), ("\u00ad", "")):
        text = text.replace(ligature, letters)
    return re.sub(r"([a-z])-\n\s*([a-z])", r"\1\2", text)  # "hyphen-\nated"


def text_of_file(name: str, data: bytes) -> str:
    """Return the text of a PDF, a page or a plain text file, detected by its content. Raises NoText."""
    if data.startswith(b"%PDF"):
        return text_of_pdf(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise NoText(f"{name} is neither a PDF nor text in UTF-8") from None
    return text_of_page(text) if re.match(r"\s*(?:<!doctype html|<html)", text, re.IGNORECASE) else text


def text_of_pdf(data: bytes) -> str:
    """Return the text of a PDF without its references. Raises NoText, also for scanned pages."""
    from pypdf import PdfReader  # the extra ``draft``

    try:
        pages = [page.extract_text() for page in PdfReader(BytesIO(data)).pages[:_MAX_PAGES]]
    except Exception as error:  # noqa: BLE001  # the library raises many kinds of exceptions for damaged files
        raise NoText(f"the PDF cannot be read ({type(error).__name__})") from None
    text = "\n".join(pages)
    if len(text.split()) < _MIN_PDF_WORDS:
        raise NoText("the PDF contains no text; its pages may be images")
    return _without_references(text)


def text_of_page(text: str) -> str:
    """Return the article of a page such as arXiv's HTML, without navigation, references and TeX sources.

    Raises NoText if the page has no body.
    """
    from selectolax.lexbor import LexborHTMLParser  # the extra ``draft``

    tree = LexborHTMLParser(text)
    for element in tree.css(
        "script, style, nav, header, footer, .ltx_bibliography, .ltx_page_logo, annotation, button"
    ):
        element.decompose()
    article = tree.css_first("article") or tree.css_first("main") or tree.body
    if article is None:
        raise NoText("the page has no body")
    return str(article.text(separator=" "))


def _without_references(text: str) -> str:
    """Return the text before its last heading "References", or the whole text if there is none."""
    headings = [
        match.start() for match in re.finditer(r"^\s*(?:\d+\s+)?references\s*$", text, re.IGNORECASE | re.MULTILINE)
    ]
    # Only a heading in the last two thirds counts: a table of contents may contain the word, too.
    return text[: headings[-1]] if headings and headings[-1] > len(text) // 3 else text
