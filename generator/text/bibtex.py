"""Encode text for BibTeX: no character starts a command, accents become commands, and capitals are protected.

Classic BibTeX sorts accented letters correctly only if they are commands; biber reads commands and Unicode. The rules:
https://www.bibtex.com/g/bibtex-format/, and "Tame the BeaST" (CTAN) for special characters and names.
"""

import re
import unicodedata
from urllib.parse import quote

from generator.text.latex import MATHS_COMMANDS, encode_accents
from generator.text.maths import segments, to_mathml
from generator.text.names import Name, split_name

# BibTeX counts braces even behind a backslash, so ``\{`` would end a field too early: braces become commands.
_ENCODED_CHARACTERS = {
    "\\": r"{\textbackslash}", "{": r"{\ensuremath{\lbrace}}", "}": r"{\ensuremath{\rbrace}}",
    "$": r"{\$}", "&": r"{\&}", "#": r"{\#}", "%": r"{\%}", "_": r"{\_}",
    "^": r"{\textasciicircum}", "~": r"{\textasciitilde}",
    "<": r"{\ensuremath{<}}", ">": r"{\ensuremath{>}}", "|": r"{\ensuremath{|}}", '"': '{"}', "`": "{`}",
}  # fmt: skip
_SPECIAL_CHARACTER = re.compile(r"[\\{}$&#%_^~<>|\"`]")
_NEEDS_NO_ENCODING = re.compile(r"(?:[A-Za-z0-9 .:;/()]|-(?!-))*")  # most names and words
# The position inside a pair that TeX would join (``--``, ``''``, ``?```, ``,,``): an empty group goes there.
_INSIDE_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=[!?])(?={`})|(?<=,)(?=,)")
_COMMAND = re.compile(r"\\([A-Za-z]+|.|$)")  # ``\alpha``, ``\,``, or a backslash at the end
_UNSAFE_MATHS = re.compile(r"[%#&~]|\\\\|\^\^")  # TeX replaces ^^5c by a backslash before it looks for commands
_NAME_SEPARATOR = re.compile(r",|(?:^|\s)and(?:\s|$)", re.IGNORECASE)  # would split a name, except in braces
_WORD = re.compile(r"[^\s:;,.!?()\[\]/–—-]+")
# Title case capitalizes every word, so the words that must keep their capitals are a list.
_PROPER_NAMES = frozenset(
    "Adam Bayes Bayesian Bellman Bernoulli Boltzmann Bregman Brownian Cauchy Chebyshev Dirichlet Euclidean Euler "
    "Fisher Fourier Frobenius Gauss Gaussian Gibbs Gram Hamiltonian Hessian Hilbert Hopfield Jacobian Kalman "
    "Krylov Kronecker Lagrangian Langevin Laplace Laplacian Lie Lipschitz Lyapunov Markov Monte Carlo Nash "
    "Nesterov Newton Pareto Poisson Polyak Rademacher Riemannian Schrödinger Shapley Sobolev Stein Taylor "
    "Thompson Transformer Turing Wasserstein".split()
)


def for_bibtex(text: str) -> str:
    """Encode a line of text as the value of a field, without the outer braces. Safe formulas stay formulas."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    if "$" not in line:
        return _encode_text(line)
    return "".join(_encode_formula(part.text) if part.is_maths else _encode_text(part.text) for part in segments(line))


def for_bibtex_title(text: str) -> str:
    """Encode a title. Braces protect words such as ``ImageNet`` from styles that print titles in lower case."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    parts = list(segments(line))
    words = [word for part in parts if not part.is_maths for word in _WORD.findall(part.text)]
    is_sentence_case = 2 * sum(word[0].islower() for word in words) > len(words)
    encoded = []
    for index, part in enumerate(parts):
        if part.is_maths:
            encoded.append(f"{{{_encode_formula(part.text)}}}")
        else:
            encoded.append(_encode_title_part(part.text, is_sentence_case=is_sentence_case, is_start=index == 0))
    return "".join(encoded)


def for_bibtex_name(name: str | Name) -> str:
    """Encode a name for an author list: ``van de Ven, Gido M.``. A name without a given name is in braces."""
    parts = split_name(name) if isinstance(name, str) else name
    if not parts.given:
        return f"{{{for_bibtex(name if isinstance(name, str) else parts.family)}}}"
    given, family, suffix = (
        f"{{{for_bibtex(part)}}}" if _NAME_SEPARATOR.search(part) else for_bibtex(part)
        for part in (parts.given, parts.family, parts.suffix)
    )
    return f"{family}, {suffix}, {given}" if suffix else f"{family}, {given}"


def for_bibtex_verbatim(text: str) -> str:
    """Encode a URL or identifier for a field that TeX reads verbatim (``url``, ``doi``, ``eprint``).

    TeX commands do not work in such a field, so characters that could end it or start a command are percent-encoded
    (RFC 3986).
    """
    return quote(text, safe="/:?#[]@!$&'()*+,;=%-._~")


def _encode_text(text: str) -> str:
    """Encode text that is not a formula."""
    if _NEEDS_NO_ENCODING.fullmatch(text):
        return text
    encoded = _SPECIAL_CHARACTER.sub(lambda match: _ENCODED_CHARACTERS[match[0]], text)
    return encode_accents(_INSIDE_LIGATURE.sub("{}", encoded))


def _encode_formula(tex: str) -> str:
    """Return a safe formula as ``$…$``, and the source of any other as text."""
    return f"${tex}$" if _is_safe(tex) else _encode_text(f"${tex}$")


def _is_safe(tex: str) -> bool:
    """Whether TeX may run the formula: its braces are balanced, and all its commands are in ``MATHS_COMMANDS``."""
    if _UNSAFE_MATHS.search(tex) or not tex.isascii() or not to_mathml(tex):
        return False
    depth = 0
    for character in tex:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0 and all(command in MATHS_COMMANDS for command in _COMMAND.findall(tex))


def _encode_title_part(text: str, *, is_sentence_case: bool, is_start: bool) -> str:
    """Encode a part of a title, with braces around the words that keep their capitals.

    ``is_start`` is true for the first part: the first word of a title has a capital in any case.
    """
    encoded, position = [], 0
    for match in _WORD.finditer(text):
        word = match[0]
        is_name = is_sentence_case and word[0].isupper() and not (is_start and match.start() == 0)
        keeps_case = is_name or word in _PROPER_NAMES or any(c.isupper() for c in word[1:])
        encoded_word = _encode_text(word)
        encoded += [_encode_text(text[position : match.start()]), f"{{{encoded_word}}}" if keeps_case else encoded_word]
        position = match.end()
    return "".join(encoded) + _encode_text(text[position:])
