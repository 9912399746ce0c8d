"""Read a hand-written page from its Markdown file: front matter, heading, text."""

from generator.model.content import HandPage
from generator.model.problem import Problem
from generator.store import yaml_file
from generator.store.limits import ABBREVIATIONS_MOST, OPEN_MOST, PAGE_LINES_MOST

_FENCE = "---"


def read_page(page_id: str, text: str) -> HandPage:
    """The page of a file. Its title is the front matter's, else the first heading, else the file's name."""
    lines = text.split("\n")
    title, description, start = _front_matter(lines)
    while start < len(lines) and not lines[start].strip():
        start += 1
    heading = lines[start][2:].strip() if start < len(lines) and lines[start].startswith("# ") else ""
    above = start + 1 if heading else start
    body = "\n".join(lines[above:])
    return HandPage(
        id=page_id,
        title=title or heading or page_id.rpartition("/")[2].replace("-", " ").capitalize(),
        text=body.strip("\n") + "\n",
        has_heading=bool(title or heading),
        description=description,
        above=above + len(body) - len(body.lstrip("\n")),
    )


def costly_markdown(path: str, text: str) -> Problem | None:
    """The problem of a page that would take Python-Markdown long: too many lines, or brackets that it leaves open."""
    if (count := text.count("\n") + 1) > PAGE_LINES_MOST:
        message = f"the page has {count:,} lines, at most {PAGE_LINES_MOST:,} fit"
        return Problem(code="E108", message=message, hint="Divide it into several pages.", path=path, line=1, column=1)
    if (count := f"\n{text}".count("\n*[")) > ABBREVIATIONS_MOST:
        message = f"the page defines {count:,} abbreviations, at most {ABBREVIATIONS_MOST} fit"
        return Problem(code="E108", message=message, hint="Divide it into several pages.", path=path, line=1, column=1)
    for begin, end in ("[]", "<>", "{}", "()"):
        if (count := text.count(begin) - text.count(end)) > OPEN_MOST:
            message = f"{count:,} brackets {begin} are not closed, at most {OPEN_MOST} may be"
            return Problem(code="E118", message=message, hint="Close or delete them.", path=path, line=1, column=1)
    return None


def _front_matter(lines: list[str]) -> tuple[str, str, int]:
    """Title and description of the front matter, and the line after it. Other keys are Material's."""
    if not lines or lines[0].strip() != _FENCE:
        return "", "", 0
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == _FENCE), 0)
    raw = yaml_file.read("\n".join(lines[1:end])).raw if end else None
    if raw is None:
        return "", "", 0
    title, description = (raw.get(name) for name in ("title", "description"))
    return (title if isinstance(title, str) else ""), (description if isinstance(description, str) else ""), end + 1
