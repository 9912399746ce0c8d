"""The stand-in for a language model."""

from tools.toy_model import answer_to, source_of

SOURCE = "Ropes hold because fibers share their tension evenly. Knots weaken fibers where bending becomes strong."
QUESTION = f"Read this:\n<0123456789ab>\n{SOURCE}\n</0123456789ab>"
INSTRUCTIONS = "Write.\nTopics:\n- cats: Cats\n- dogs: Dogs\nTags:\n- survey: Survey\n"


def test_the_source_is_what_the_tags_enclose() -> None:
    assert source_of(QUESTION) == SOURCE
    assert source_of("no source") == ""


def test_every_sentence_has_a_passage_of_the_source() -> None:
    (text,) = answer_to(INSTRUCTIONS, QUESTION)["texts"]
    claims = [text["tldr"], *(claim for part in text["summary"] for claim in part), *text["limitations"]]
    assert all(passage in SOURCE for claim in claims for passage in claim["evidence"])


def test_topics_and_tags_are_those_of_the_instructions() -> None:
    answer = answer_to(INSTRUCTIONS, QUESTION)
    assert (answer["topics"], answer["tags"]) == (["cats"], ["survey"])


def test_german_is_written_only_if_asked() -> None:
    languages = [text["language"] for text in answer_to(f"{INSTRUCTIONS}German too.", QUESTION)["texts"]]
    assert languages == ["en", "de"]
