"""Lists of subscribers, journals, mail addresses and the rules of style take any text without raising."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from generator.mail.journal import Journal
from generator.mail.server import Account, parse_account
from generator.model.period import Length, period_of
from generator.store.subscribers_file import is_address, read_subscribers
from generator.text import style
from generator.text.slug import folded
from generator.text.words import span_name
from tests.property.test_encoders import TEXT
from tests.support.fuzzing import tries

LINES = st.lists(
    st.one_of(TEXT, st.sampled_from(["ada@example.org", "a@b.org topic:x venue:y-1", "# x", "a@b.org topic:"])),
    max_size=6,
)


@tries(200)
@given(LINES)
def test_any_list_of_subscribers_is_read(lines: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.txt"
        path.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
        subscribers, problems = read_subscribers(path)
    assert all(is_address(subscriber.address) for subscriber in subscribers)
    assert all(problem.hint and problem.line >= 1 for problem in problems)


@tries(200)
@given(TEXT)
def test_an_address_is_one_word_without_marks(text: str) -> None:
    if is_address(text):
        assert text.isascii()
        assert not set(text) & set('<>(),;:\\" \r\n\t')


KEY = bytes(32)


@tries(200)
@given(st.binary(max_size=300))
def test_any_journal_is_read_and_goes_on(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.journal"
        with Journal(path, KEY):
            pass
        path.write_bytes(path.read_bytes() + data)
        with Journal(path, KEY) as journal:
            journal.begin("a@x.org")
            journal.accept("a@x.org")
        with Journal(path, KEY) as journal:
            assert journal.address_hash("a@x.org") in journal.sent


@tries(200)
@given(TEXT)
def test_any_address_of_a_server_is_taken_or_explained(text: str) -> None:
    where = parse_account(text, "", "")
    assert isinstance(where, Account) or where


@tries(200)
@given(TEXT, st.sampled_from(["", "en", "de", "fr"]))
def test_style_looks_at_any_text(text: str, language: str) -> None:
    assert style.count_words(text) >= 0
    assert style.count_paragraphs(text) >= 0
    assert isinstance(style.is_one_sentence(text), bool)
    assert isinstance(style.has_verb(text, language), bool)
    assert all(phrase in text for phrase in style.stock_phrases(text, language))
    assert all(name.isupper() for name in style.unexplained_acronyms([text], ()))


@tries(200)
@given(TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@tries(200)
@given(st.dates(), st.sampled_from(list(Length)))
def test_every_day_is_in_its_period(day: object, length: Length) -> None:
    period = period_of(length, day)  # type: ignore[arg-type]
    assert period.first <= day <= period.last  # type: ignore[operator]
    assert period_of(length, period.first) == period == period_of(length, period.last)
    assert span_name(period.first, period.last)
