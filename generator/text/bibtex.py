"""Encode text for BibTeX: no character starts a command, accents are commands, and capitals are protected.

Classic BibTeX sorts accents correctly only as commands; biber reads both. The rules:
https://www.bibtex.com/g/bibtex-format/, and "Tame the BeaST" (CTAN) for special characters and names.
"""

import re
import unicodedata
from urllib.parse import quote

from generator.text.latex import MATHS_COMMANDS, accent_commands
from generator.text.maths import segments, to_mathml
from generator.text.names import Name, split_name

# BibTeX counts braces even behind a backslash, so ``\{`` would end a field too early: braces have names instead.
_ENCODED = {
    "\\": r"{\textbackslash}", "{": r"{\ensuremath{\lbrace}}", "}": r"{\ensuremath{\rbrace}}",
    "$": r"{\$}", "&": r"{\&}", "#": r"{\#}", "%": r"{\%}", "_": r"{\_}",
    "^": r"{\textasciicircum}", "~": r"{\textasciitilde}",
    "<": r"{\ensuremath{<}}", ">": r"{\ensuremath{>}}", "|": r"{\ensuremath{|}}", '"': '{"}', "`": "{`}",
}  # fmt: skip
_SPECIAL = re.compile(r"[\\{}$&#%_^~<>|\"`]")
_BARE = re.compile(r"(?:[A-Za-z0-9 .:;/()]|-(?!-))*")  # most names and words need no encoding
# character pairs that TeX would join: ``--``, ``''``, ``?```; an empty group separates them
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=[!?])(?={`})|(?<=,)(?=,)")
_COMMAND = re.compile(r"\\([A-Za-z]+|.|$)")
_UNSAFE_MATHS = re.compile(r"[%#&~]|\\\\|\^\^")  # TeX replaces ^^5c by a backslash before it looks for commands
_SEPARATOR = re.compile(r",|(?:^|\s)and(?:\s|$)", re.IGNORECASE)  # a comma or ``and`` inside a name would split it
_WORD = re.compile(r"[^\s:;,.!?()\[\]/–—-]+")
# Names of people. In a title in title case every word is capitalized, so names need a list to keep their capitals.
_EPONYMS = frozenset(
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
        return _plain(line)
    return "".join(_formula(part.text) if part.is_maths else _plain(part.text) for part in segments(line))


def for_bibtex_title(text: str) -> str:
    """Encode a title. Words that keep their capitals in styles with lower-case titles are in braces."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    parts = list(segments(line))
    words = [word for part in parts if not part.is_maths for word in _WORD.findall(part.text)]
    is_sentence = 2 * sum(word[0].islower() for word in words) > len(words)
    out, is_first = [], True
    for part in parts:
        if part.is_maths:
            out.append(f"{{{_formula(part.text)}}}")
        else:
            out.append(_protected(part.text, is_sentence=is_sentence, is_first=is_first))
        is_first = False
    return "".join(out)


def for_bibtex_name(name: str | Name) -> str:
    """Encode a name for an author list: ``van de Ven, Gido M.``. A name that cannot be split stays whole."""
    parts = split_name(name) if isinstance(name, str) else name
    if not parts.given:
        return f"{{{for_bibtex(name if isinstance(name, str) else parts.family)}}}"
    given, family, suffix = (
        f"{{{for_bibtex(part)}}}" if _SEPARATOR.search(part) else for_bibtex(part)
        for part in (parts.given, parts.family, parts.suffix)
    )
    return f"{family}, {suffix}, {given}" if suffix else f"{family}, {given}"


def for_bibtex_address(text: str) -> str:
    """Encode a URL or identifier for a field that TeX reads verbatim (``url``, ``doi``, ``eprint``).

    Such a field knows no escapes, so characters that could end it or start a command are percent-encoded (RFC 3986).
    """
    return quote(text, safe="/:?#[]@!$&'()*+,;=%-._~")


def _plain(text: str) -> str:
    if _BARE.fullmatch(text):
        return text
    marked = _SPECIAL.sub(lambda match: _ENCODED[match[0]], text)
    return accent_commands(_LIGATURE.sub("{}", marked))


def _formula(tex: str) -> str:
    return f"${tex}$" if _is_safe(tex) else _plain(f"${tex}$")


def _is_safe(tex: str) -> bool:
    """Whether TeX may run the formula: its braces are balanced, and it contains only known commands of mathematics."""
    if _UNSAFE_MATHS.search(tex) or not tex.isascii() or not to_mathml(tex):
        return False
    depth = 0
    for character in tex:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0 and all(command in MATHS_COMMANDS for command in _COMMAND.findall(tex))


def _protected(text: str, *, is_sentence: bool, is_first: bool) -> str:
    out, position = [], 0
    for match in _WORD.finditer(text):
        word = match[0]
        is_name = is_sentence and word[0].isupper() and not (is_first and match.start() == 0)
        keeps_case = is_name or word in _EPONYMS or any(c.isupper() for c in word[1:])
        out += [_plain(text[position : match.start()]), f"{{{_plain(word)}}}" if keeps_case else _plain(word)]
        position = match.end()
    return "".join(out) + _plain(text[position:])
