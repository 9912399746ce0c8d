"""What ``digest links`` found, as lines for a person and as Markdown for a summary."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from generator.fetch.probe import Finding, Verdict
from generator.text.escape import for_link, for_markdown


class Found(NamedTuple):
    """What was found at an address, which files name it, and a proposed copy of what is gone, or ''."""

    address: str
    places: Sequence[str]
    finding: Finding
    copy: str

    @property
    def hint(self) -> str:
        """What could be written instead, or ''."""
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
    """Everything as Markdown. Addresses are a stranger's text."""
    lines = ["# Links", "", f"{len(broken)} links inside the site are dead.", ""]
    lines += [f"- {for_markdown(line)}" for line in broken]
    for verdict in (Verdict.GONE, Verdict.MOVED, Verdict.UNSURE):
        listed = [one for one in checked if one.finding.verdict is verdict]
        lines += ["", f"## {verdict.value.capitalize()}: {len(listed)}", ""]
        for one in listed:
            where = ", ".join(for_markdown(place) for place in one.places[:3])
            link = f"[{for_markdown(one.address)}]({for_link(one.address)})"
            lines.append(f"- {link}, {where}: {for_markdown(one.finding.reason)}")
            lines += [f"  {for_markdown(one.hint)}"] if one.hint else []
    return "\n".join(lines) + "\n"
