"""Drafts as Markdown for a reviewer: each sentence beside its evidence from the source."""

from collections.abc import Sequence

from generator.drafting.drafter import Draft
from generator.model.paper import Paper
from generator.text.escape import for_markdown


def report(drafts: Sequence[tuple[Paper, Draft]]) -> str:
    """Return all drafts, with the reasons for empty fields. All texts are untrusted, so they are escaped."""
    lines = ["Drafts by a language model. Each sentence stands beside the passage of the source that shows it.", ""]
    for paper, draft in drafts:
        lines += [f"## {for_markdown(paper.title)}", "", f"`{paper.id}`, gates: {for_markdown(draft.gates)}", ""]
        for language, fields in draft.texts.items():
            for field, paragraphs in fields.items():
                lines += [f"### {field} ({language})", "", "| sentence | evidence |", "|---|---|"]
                for claim in (claim for paragraph in paragraphs for claim in paragraph):
                    evidence = " … ".join(claim.evidence)
                    lines.append(f"| {_cell(claim.text)} | {_cell(evidence)} |")
                lines.append("")
        for place, reasons in sorted(draft.failed.items()):
            lines.append(f"- {' '.join(filter(None, place))} stays empty: {for_markdown('; '.join(reasons))}")
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return for_markdown(" ".join(text.split())).replace("|", "&#124;")
