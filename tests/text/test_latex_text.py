"""LaTeX in running text as plain text."""

import pytest

from generator.text.latex_text import decode_latex, read_latex


@pytest.mark.parametrize(
    ("source", "text", "unknown"),
    [
        (r"{\texttt{kettle}: A {\textsf{R}} package for \mbox{SVM}s}", "kettle: A R package for SVMs", []),
        (r"{\textless}i{\textgreater}C{\textless}/i{\textgreater} in {\LaTeX}", "<i>C</i> in LaTeX", []),
        (r"$n$ {\textless} 5 \textbar{} \copyright{} \euro{} 3", "$n$ < 5 | © € 3", []),
        (r"{\KettleNet} for \robots{Robots}", "KettleNet for Robots", ["\\KettleNet", "\\robots"]),
        (r"\MakeUppercase{a} \enquote{b} \href{http://c}{d} \textcolor[rgb]{1,0,0}{e}", "A “b” d e", []),
        (r"\'{\i}\v{S}\c c\H{o}\~{}\ss{} {\O}re {\aa}", "íŠçő~ß Øre å", []),
        (r"{\ensuremath{\alpha}} and \ensuremath{x^2}", "α and $x^2$", []),
        ("a\\\\b\\newline c--d---e ``f'' g~h", "a b c–d—e “f” g h", []),
        (r"10\textsuperscript{3} pots, the 1\textsuperscript{st}", "10³ pots, the 1st", []),
        (r"\noopsort{1}a \footnote{b}", "a", ["\\noopsort", "\\footnote"]),
        (r"$$x$$ \[y\] \(z\) $", "$x$ $y$ $z$ $", []),
    ],
)
def test_commands_keep_their_arguments_and_symbols(source: str, text: str, unknown: list[str]) -> None:
    assert read_latex(source) == (text, tuple(unknown))


@pytest.mark.parametrize("source", ["50% of R&D", "plain", "a - b", "it's"])
def test_text_without_commands_stays(source: str) -> None:
    assert decode_latex(source) == source


@pytest.mark.parametrize(
    ("source", "text"),
    [("{open", "open"), ("closed}", "closed"), (r"\emph{open", "open"), ("a $x", "a $x"), (r"\href{http://a", "")],
)
def test_a_source_that_was_cut_is_read_to_its_end(source: str, text: str) -> None:
    assert decode_latex(source) == text


def test_line_breaks_and_repeated_spaces_are_one_space() -> None:
    assert decode_latex("A {B}\n   C\\ D") == "A B C D"
