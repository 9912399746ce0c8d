"""The results of ``digest links``, as lines for a person and as Markdown."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from generator.fetch.probe import Finding, Verdict
from generator.text.escape import for_link, for_markdown


class Found(NamedTuple):
    """The result for an address, the files that name it, and a hint about copies of a dead page, or ''."""

    address: str
    places: Sequence[str]
    finding: Finding
    copy: str

    @property
    def hint(self) -> str:
        """The proposed replacement, or ''."""
        return f"now at {self.finding.to}" if self.finding.to else self.copy

    @property
    def line(self) -> str:
        """The finding for a person, with the hint below it."""
        since = datetime.fromtimestamp(self.finding.since, UTC).date()
        more = f" and {len(self.places) - 1} more" if len(self.places) > 1 else ""
        line = (
            f"{self.places[0]}{more}: {self.address}: {self.finding.verdict.value} since {since}: {self.finding.reason}"
        )
        return f"{line}\n    {self.hint}" if self.hint else line


def report(broken: Sequence[str], checked: Sequence[Found]) -> str:
    """Return all results as Markdown. Addresses are untrusted text."""
    lines = ["# Links", "", f"{len(broken)} links inside the site are dead.", ""]
    lines += [f"- {for_markdown(line)}" for line in broken]
    for verdict in (Verdict.GONE, Verdict.MOVED, Verdict.UNSURE):
        results = [result for result in checked if result.finding.verdict is verdict]
        lines += ["", f"## {verdict.value.capitalize()}: {len(results)}", ""]
        for result in results:
            files = ", ".join(for_markdown(path) for path in result.places[:3])
            link = f"[{for_markdown(result.address)}]({for_link(result.address)})"
            lines.append(f"- {link}, {files}: {for_markdown(result.finding.reason)}")
            lines += [f"  {for_markdown(result.hint)}"] if result.hint else []
    return "\n".join(lines) + "\n"
