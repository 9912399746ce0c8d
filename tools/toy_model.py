"""``python -m tools.toy_model [PORT]``: a stand-in for a language model, to try ``digest draft`` without one.

Its answers have the right form and pass the gates, the checks of drafts. They are no summaries: they consist of fixed
sentences with words of the source. The default port is 8099.
"""

import json
import re
import sys
import threading
from typing import Any

from tools.model_server import Reply, model_server

# {0} to {3} stand for words of the source.
_ENGLISH = {
    "tldr": "The work shows how {0} and {1} go together, and what this means for those who use them.",
    "summary": [
        "Many people work with {0} without knowing what makes it succeed or fail.",
        "The question here is what {1} has to do with it, and when one of them can stand in for the other.",
        "So far the answer was mostly a matter of habit, which helps little when a new case comes along.",
        "The idea is to look at {2} first and to let everything else follow from it.",
        "Each step is then checked by itself, so that a mistake in {3} does not hide behind the rest.",
        "In the end the parts fit, and the place of {0} among them is clear enough to build on.",
        "What was a rule of thumb becomes a statement that others can test with cases of their own.",
    ],
    "significance": [
        "A rule of thumb about {0} costs time whenever it fails.",
        "A clear statement could spare that time, and may help those who teach the subject as well.",
    ],
    "limitations": ["The support comes from the cases named, so {1} in other settings is outside the result."],
}
_GERMAN = {
    "tldr": "Die Arbeit zeigt, wie „{0}“ und „{1}“ zusammenhängen und was das für alle bedeutet, die damit arbeiten.",
    "summary": [
        "Viele arbeiten mit „{0}“, ohne zu wissen, was über Erfolg und Misserfolg entscheidet.",
        "Die Frage ist hier, was „{1}“ damit zu tun hat und wann das eine für das andere stehen kann.",
        "Bisher war die Antwort meist eine Sache der Gewohnheit, und die hilft wenig, wenn ein neuer Fall auftaucht.",
        "Der Gedanke ist, zuerst auf „{2}“ zu schauen und alles andere daraus folgen zu lassen.",
        "Jeder Schritt wird dann für sich geprüft, damit sich ein Fehler bei „{3}“ nicht hinter dem Rest versteckt.",
        "Am Ende passen die Teile zusammen, und der Platz von „{0}“ ist klar genug, um darauf zu bauen.",
        "Aus einer Faustregel wird eine Aussage, die andere an eigenen Fällen prüfen können.",
    ],
    "significance": [
        "Eine Faustregel über „{0}“ kostet Zeit, wann immer sie versagt.",
        "Eine klare Aussage könnte diese Zeit sparen und hilft vielleicht auch denen, die das Fach lehren.",
    ],
    "limitations": ["Belegt ist das an den genannten Fällen; „{1}“ in anderer Umgebung gehört nicht zum Ergebnis."],
}
_PARAGRAPHS = (slice(0, 3), slice(3, 7))  # the sentences of ``summary`` in each paragraph
_DEFAULT_PORT = 8099


def source_of(question: str) -> str:
    """The source that the prompt ``question`` contains, or ''."""
    # The prompt encloses the source in a random tag, so that the source cannot end it.
    match = re.search(r"\n<([0-9a-f]{12})>\n(.*)\n</\1>", question, re.DOTALL)
    return match[2] if match else ""


def answer_to(instructions: str, question: str) -> dict[str, Any]:
    """An answer that passes the gates: fixed sentences with words of the source, and its sentences as evidence.

    ``instructions`` is the system prompt, which lists topics and tags. ``question`` contains the source.
    """
    source = source_of(question)
    # Evidence must be verbatim: whole sentences, or the beginning of a source without long ones.
    passages = [passage for passage in re.split(r"(?<=[.!?]) ", source) if len(passage) > 30] or [source[:200]]
    # Long words in lower case: names and numbers would have to occur in the evidence of each sentence.
    words = list(dict.fromkeys(re.findall(r"(?<![\w-])[a-z]{6,}(?![\w-])", source)))[:4]
    words += ["this"] * (4 - len(words))

    def claim(sentence: str, passage_number: int) -> dict[str, Any]:
        return {"text": sentence.format(*words), "evidence": [passages[passage_number % len(passages)]]}

    def text(language: str, sentences: dict[str, Any]) -> dict[str, Any]:
        claims = [claim(sentence, number) for number, sentence in enumerate(sentences["summary"])]
        return {
            "language": language,
            "tldr": claim(sentences["tldr"], 0),
            "summary": [claims[paragraph] for paragraph in _PARAGRAPHS],
            "significance": [claim(sentence, 1) for sentence in sentences["significance"]],
            "limitations": [claim(sentence, 2) for sentence in sentences["limitations"]],
        }

    texts = [text("en", _ENGLISH)] + ([text("de", _GERMAN)] if "German" in instructions else [])
    topics, tags = (re.findall(r"^- ([a-z0-9-]+): ", part, re.MULTILINE) for part in _topics_and_tags(instructions))
    assert topics or tags, "the instructions list neither topics nor tags in the expected form"
    phrases = [f"how {words[0]} works", f"what {words[1]} is for", f"when {words[2]} fails"]
    return {"texts": texts, "topics": topics[:1], "tags": tags[:2], "asked_as": phrases}


def _topics_and_tags(instructions: str) -> tuple[str, str]:
    """The two parts of the instructions that list topics and tags, one for each line."""
    topics, _, tags = instructions.partition("\nTopics:\n")[2].partition("\nTags:\n")
    return topics, tags


def toy_reply(body: dict[str, Any]) -> Reply:
    """The reply to a request, for ``model_server``."""
    messages = [message for message in body["messages"] if isinstance(message.get("content"), str)]
    instructions = "\n".join(message["content"] for message in messages if message["role"] in ("system", "developer"))
    question = next(message["content"] for message in messages if message["role"] == "user")
    return Reply(json.dumps(answer_to(instructions, question)))


def main() -> None:
    """Answer requests until Ctrl+C."""
    port = int(sys.argv[1]) if len(sys.argv) > 1 else _DEFAULT_PORT
    with model_server(toy_reply, port) as server:
        print(f"Set DIGEST_MODEL=toy DIGEST_MODEL_URL={server.url}; stop with Ctrl+C", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
