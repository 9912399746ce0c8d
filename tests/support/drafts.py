"""An entry without texts, and its draft by a model server."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.commands.draft_entry import read_all_papers
from generator.commands.review_state import Review
from generator.drafting.evidence import Evidence, load_evidence
from tests.drafting.test_gates import KITES
from tests.support.command import digest
from tools.model_server import ModelServer

EVIDENCE = Path(".cache/evidence")
ENTRY = "papers/conf-2025/byron2025kites.yaml"


BLANK = {"title": "Kites Without Strings", "authors": ["Ada Byron"], "venue": "conf-2025", "topics": [], "tldr": ""}


def write_entry(content: Path, **fields: Any) -> None:
    """Write an entry with an abstract and without texts."""
    raw = {**BLANK, "abstract": KITES, "added": "2025-05-02", **fields}
    text = yaml.safe_dump(raw, sort_keys=False, allow_unicode=True, width=100).replace("'2025-05-02'", "2025-05-02")
    (content / ENTRY).write_text(f"# Found at the fair\n{text}", "utf-8")


def run_draft(server: ModelServer, content: Path, *more: str, text_kind: str = "abstract") -> int:
    """Run ``digest draft`` with a model server."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIGEST_MODEL", "toy")
        patch.setenv("DIGEST_MODEL_URL", server.url)
        patch.setenv("DIGEST_MODEL_KEY", "secret-key")
        return digest("draft", "byron2025kites", "--content", content, "--from", text_kind, *more)


def entry_fields(content: Path) -> dict[str, Any]:
    """The fields of the entry as written."""
    raw: dict[str, Any] = yaml.load((content / ENTRY).read_text("utf-8"), yaml.BaseLoader)
    return raw


def saved_evidence() -> Evidence:
    """The evidence of the entry's draft."""
    evidence = load_evidence(EVIDENCE, "byron2025kites")
    assert evidence is not None
    return evidence


def begin_review(content: Path, by: str = "Ada Byron") -> Review:
    """A review of the entry's draft."""
    return Review(read_all_papers(content)["byron2025kites"], content, EVIDENCE, by, saved_evidence())
