"""Sinks outside the web: bibliographies, tables and mail. Each is read back by a reader of another project."""

import csv
import email
import email.policy
import io
import re
import unicodedata
from email.message import EmailMessage
from urllib.parse import unquote

import bibtexparser
import rispy
from hypothesis import example, given
from hypothesis import strategies as st
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text

from generator.text.bibtex import for_bibtex, for_bibtex_name, for_bibtex_title, for_bibtex_verbatim
from generator.text.escape import for_csv, for_mail_header, for_mail_text, for_ris
from generator.text.maths import segments
from tests.property.test_encoders import TEXT, TRIES
from tests.support.fuzzing import tries

LATIN = st.text(alphabet="aeinosuyzAEO äéèñčşğıøßœÅÇŁđţ-'.,", max_size=40)
ANY_TEXT = st.one_of(TEXT, LATIN)
MEANING_EXAMPLES = [
    "a<b",
    "R&D",
    "<unk>",
    "C*",
    "_x_",
    "{{",
    "}",
    "$O(n)$",
    "100%",
    "#1",
    "\\input{x}",
    "a -- b",
    "x\n@b",
]


def _same(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _read_latex(text: str) -> str:
    decoded = LatexNodes2Text(math_mode="verbatim", strict_latex_spaces=True).latex_to_text(text)
    return " ".join(unicodedata.normalize("NFC", decoded).replace("ˆ", "^").split())


@given(ANY_TEXT)
@TRIES
@example("Hölder's “C*” – a_b {x} $O(n)$ $\\mbox{x}$ 50% \\end{document} ``x''")
def test_a_bibtex_field_is_one_field_and_means_the_same(text: str) -> None:
    """Two readers find one entry with the one field; decoded by a third, the text is the same."""
    for encoded in (for_bibtex(text), for_bibtex_title(text)):
        source = f"@misc{{key,\n  title = {{{encoded}}},\n  year = {{2026}}\n}}\n"
        library = bibtexparser.parse_string(source)
        assert not library.failed_blocks
        assert [list(entry.fields_dict) for entry in library.entries] == [["title", "year"]]
        field = library.entries[0].fields_dict["title"].value
        assert list(parse_string(source, "bibtex").entries["key"].fields) == ["title", "year"]
        assert encoded.count("{") == encoded.count("}")
        plain = "".join(part.text for part in segments(_same(text)) if not part.is_maths)
        if plain == _same(text):
            assert _read_latex(str(field)) == plain


@given(ANY_TEXT)
@TRIES
@example("$\\input{/etc/passwd}$")
@example("$\\def\\x{\\x}\\x$")
@example("$a}b{c$")
@example("$\\csname input\\endcsname x$")
def test_a_bibtex_field_runs_no_command_but_those_of_text_and_mathematics(text: str) -> None:
    commands = set(re.findall(r"\\([A-Za-z]+)", for_bibtex(text)))
    assert not commands & {"input", "include", "write", "def", "csname", "catcode", "openout", "mbox", "href", "end"}


@given(ANY_TEXT)
@TRIES
@example("10.1000/x\\input{/etc/passwd}")
@example("https://example.org/a_b?c=%7B#d")
def test_an_address_in_bibtex_is_the_same_address_and_no_command(text: str) -> None:
    encoded = for_bibtex_verbatim(text)
    assert not set('\\{}^`"<>| \n') & set(encoded)
    assert unquote(encoded) == unquote(text)
    library = bibtexparser.parse_string(f"@misc{{key,\n  url = {{{encoded}}},\n  year = {{2026}}\n}}\n")
    assert [list(entry.fields_dict) for entry in library.entries] == [["url", "year"]]


@given(st.lists(ANY_TEXT.filter(str.strip), min_size=1, max_size=4))
@TRIES
@example(["Barnes and Noble", "others", "AND", "Ada, Byron"])
def test_names_stay_as_many_as_they_were(names: list[str]) -> None:
    field = " and ".join(for_bibtex_name(name) for name in names)
    entry = parse_string(f"@misc{{key, author = {{{field}}}}}", "bibtex").entries["key"]
    assert len(entry.persons["author"]) == len(names)


@given(st.lists(ANY_TEXT.filter(str.strip), min_size=1, max_size=3))
@TRIES
@example(["x\r\nER  - \r\nTY  - JOUR"])
def test_ris_values_stay_in_their_lines(texts: list[str]) -> None:
    lines = "".join(f"KW  - {for_ris(text)}\n" for text in texts)
    records = rispy.loads(f"TY  - CPAPER\n{lines}ER  - \n")
    assert len(records) == 1
    assert [_same(word) for word in records[0]["keywords"]] == [_same(text) for text in texts]


@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
@TRIES
@example(["=HYPERLINK(1)", " +1", "@x", "-2", "＝1", "\t=1", 'a"b,c\nd'])
def test_csv_cells_are_no_formulas_and_nothing_is_lost(texts: list[str]) -> None:
    rows = list(csv.reader(io.StringIO(",".join(map(for_csv, texts)), newline=""), strict=True))
    cells = rows[0] if rows else [""]
    assert len(rows) == 1
    assert [cell.replace("'", "") for cell in cells] == [text.replace("'", "") for text in texts]
    assert not any(re.match(r"\s*[=+@＝＋－＠-]", cell) for cell in cells)


@given(st.lists(st.text(alphabet="ab;=|'\"\t\n\r,+@- ", max_size=30), min_size=1, max_size=4))
@TRIES
@example(["lee2024cats", "Cats;=cmd|' /C calc'!A0;", "2025"])
@example(['x;"=1', "y;  =1", 'z;";"=1', "a\n=1", "b|=1;;=1", ";", "=1"])
def test_csv_cells_are_no_formulas_wherever_a_spreadsheet_cuts_a_line(texts: list[str]) -> None:
    line = ",".join(map(for_csv, texts))
    for cut in ";|\t":
        rows = csv.reader(io.StringIO(line, newline=""), delimiter=cut)
        assert not [cell for row in rows for cell in row if re.match(r"\s*[=+@-]", cell)]


@given(st.one_of(st.text(max_size=200), ANY_TEXT))
@tries(200)
@example("x\r\nBcc: all@example.org\r\n\r\n<script>")
@example("=?utf-8?q?x?=")
@example("=?utf-8?q?a=0D=0ABcc:_x=40y.example?=")
@example("=?utf-8?q?a=0D=0ABcc:_x=40y.example?= é" * 9)
def test_mail_headers_hold_one_value(text: str) -> None:
    message = EmailMessage(policy=email.policy.SMTP)
    message["Subject"] = for_mail_header(text)
    message["To"] = "a@example.org"
    back = email.message_from_bytes(message.as_bytes(), policy=email.policy.default)
    assert back.keys() == ["Subject", "To"]
    cleaned = re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", " ", text).replace("=?", "= ?")
    assert " ".join(str(back["Subject"]).split()) == " ".join(cleaned.split())


@given(st.one_of(st.text(max_size=200), ANY_TEXT))
@tries(200)
@example(".\r\nQUIT")
@example("From me")
def test_mail_text_survives_the_way(text: str) -> None:
    message = EmailMessage(policy=email.policy.SMTP)
    message["Subject"] = "x"
    line = for_mail_text(text)
    message.set_content(f"{line}\n", cte="quoted-printable")
    back = email.message_from_bytes(message.as_bytes(), policy=email.policy.default)
    assert back.get_content().rstrip("\r\n") == line
    assert "\n" not in line


def test_meaning_survives_in_each() -> None:
    for text in MEANING_EXAMPLES:
        assert _read_latex(for_bibtex(text)) == _same(text)
        assert for_ris(text) == _same(text)
        assert for_mail_text(text) == _same(text)
        assert next(csv.reader(io.StringIO(for_csv(text))))[0].replace("'", "") == text
