"""Random edits of a project and of its built site, as a person, a pull request or an accident makes them."""

import json
import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

_WORDS = ("cats", "dogs", "purring", "Łódź", "<b>tails</b>", "$x^2$", "paws & claws", "*whiskers*", "{{ fetch }}")
_NAMES = ("Ada Byron", "Gido M. van de Ven", "Łukasz Żółć", "Zhu Li", "Null", "José García", "A Berg")
_SETTINGS = {
    "feeds_from: ": ("1", "2", "3", "9"),
    "site_name: ": ("Paper Digest", "Another <Digest>"),
    "site_url: ": ("https://paper-digest.example/", "https://other.example/below/"),
    "repo_url: ": ("https://github.com/paper-digest/paper-digest", "https://gitlab.com/other/digest"),
    "license: ": ("MIT", "CC BY 4.0"),
    "citation_tags: ": ("true", "false"),
    "offline_megabytes: ": ("20", "0", "1"),
    "  language: ": ("de", "en"),  # of the generator and of the theme
    "- Statistics: ": ("stats/index.md", "missing/index.md"),
}
_OLD, _SOON = 946684800, 4102444800  # seconds: 2000 and 2100


class Editor:
    """Edits the project in ``folder``, whose site stands in ``site`` there. The same ``seed`` gives the same edits.

    Templates are few, so that a walk comes by the same one again.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.site, self.chance = folder, folder / "site", random.Random(seed)
        self._content = folder / "content"
        self._number = 0

    def edit(self) -> str:
        """Make a random edit. Returns what it was."""
        self._number += 1
        kinds = (_OF_CONTENT, _OF_CONTENT, _OF_THEME, _OF_SITE)
        make = self.chance.choice(self.chance.choice(kinds))
        return f"{make.__name__.strip('_')} {make(self)}"

    # --- entries

    def title(self) -> str:
        return self._change(lambda raw: raw.update(title=self._text()))

    def authors(self) -> str:
        names = self.chance.sample(_NAMES, self.chance.randint(1, 4))
        return self._change(lambda raw: raw.update(authors=names))

    def topics(self) -> str:
        known = sorted(path.stem for path in self._content.glob("topics/*.yaml"))
        topics = self.chance.sample(known, self.chance.randint(1, 3))
        return self._change(lambda raw: raw.update(topics=topics))

    def other_field(self) -> str:
        name, value = self.chance.choice(
            [
                ("tldr", self._text()),
                ("summary", f"{self._text()}\n\n{self._text()}"),
                ("added", f"2025-0{self.chance.randint(1, 9)}-11"),
                ("published", f"202{self.chance.randint(0, 6)}-01-02"),
                ("doi", f"10.1000/{self._number}"),
                ("keywords", [self._text()]),
                ("status", "published"),
            ]
        )
        return f"{name} of {self._change(lambda raw: raw.update({name: value}))}"

    def venue(self) -> str:
        path = self.chance.choice(self._entries())
        editions = sorted(re.findall(r"- id: (\S+)", "".join(p.read_text() for p in self._content.glob("venues/*"))))
        raw = _read(path) | {"venue": self.chance.choice(editions)}
        path.unlink()
        return _write(self._content / "papers" / raw["venue"] / path.name, raw)

    def new_entry(self) -> str:
        path = self.chance.choice(self._entries())
        raw = _read(path) | {"title": self._text()}
        for field in ("doi", "arxiv", "openreview", "acl", "aliases"):
            raw.pop(field, None)
        return _write(path.with_name(f"new2026n{self._number}.yaml"), raw)

    def removed_entry(self) -> str:
        entries = self._entries()
        if len(entries) < 3:
            return self.new_entry()
        path = self.chance.choice(entries)
        path.unlink()
        return path.name

    def renamed_entry(self) -> str:
        path = self.chance.choice(self._entries())
        raw = _read(path)
        raw["aliases"] = [*raw.get("aliases", []), path.stem]
        path.unlink()
        return _write(path.with_name(f"renamed2026n{self._number}.yaml"), raw)

    def bulk_entries(self) -> str:
        files = sorted(self._content.glob("papers/*.jsonl"))
        if not files:
            return self.title()
        path = self.chance.choice(files)
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        self.chance.choice(rows)["title"] = self._text()
        if len(rows) > 1 and self.chance.random() < 0.3:
            rows.pop(self.chance.randrange(len(rows)))
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
        return path.name

    def faulty_entry(self) -> str:
        return self._change(lambda raw: raw.update(topics=["no-such-topic"]))

    def name_of_other_record(self) -> str:
        others = [path for name in ("venues", "topics", "people", "institutions") for path in self._files(name)]
        path = self.chance.choice(others)
        raw = _read(path)
        if "name" in raw and path.parent.name != "people":
            raw["name"] = self._text()
        else:
            raw["homepage"] = f"https://example.org/{self._number}"
        return _write(path, raw)

    def in_place(self) -> str:
        """Two letters change places; size and time of the file stay."""
        path = self.chance.choice([*self._entries(), *self._files("pages"), *self._templates()])
        seen, text = path.stat(), path.read_text("utf-8")
        words = [match.start() for match in re.finditer(r"(?<=[ >])[a-z](?=[a-z]{4} )", text)]
        if words:
            word = self.chance.choice(words)
            turned = text[:word] + text[word + 1] + text[word] + text[word + 2 :]
            with path.open("r+b") as file:
                file.write(turned.encode("utf-8"))
            os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
        return path.name

    # --- pages, settings, theme

    def hand_page(self) -> str:
        names = ("about", "contribute", "corrections", "glossary", f"page{self.chance.randint(1, 3)}")
        name = self.chance.choice(names)
        links = ("[v](../venues/index.md)", "[dead](../papers/nobody/index.md)", "[a](../about/index.md#nowhere)", "")
        text = f"# {self._text()}\n\n{self._text()} {self.chance.choice(links)}\n\n## Part {self._number}\n"
        (self._content / "pages").mkdir(exist_ok=True)
        (self._content / f"pages/{name}.md").write_text(text, "utf-8")
        return name

    def removed_hand_page(self) -> str:
        if not (pages := self._files("pages")):
            return self.hand_page()
        path = self.chance.choice(pages)
        path.unlink()
        return path.name

    def empty_folder(self) -> str:
        for place in ("content/pages/empty", "content/papers/conf-2099", "theme/overrides/empty", "content/empty"):
            (self.folder / place).mkdir(parents=True, exist_ok=True)
        return ""

    def setting(self) -> str:
        path = self.folder / "mkdocs.yml"
        key = self.chance.choice(sorted(_SETTINGS))
        value = self.chance.choice(_SETTINGS[key])
        pattern = rf"^((?:  )?{re.escape(key)}).*$"
        path.write_text(re.sub(pattern, rf"\g<1>{value}", path.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
        return f"{key}{value}"

    def template(self) -> str:
        path = self.chance.choice(self._templates())
        text = path.read_text("utf-8")
        if self.chance.random() < 0.3:
            text = text.removesuffix(f"{_COMMENT}\n")
        else:
            text += f"{_COMMENT}\n"
        path.write_text(text, "utf-8")
        return path.name

    def override(self) -> str:
        """A partial of the theme, a script or a style sheet is edited, added or removed."""
        overrides = self.folder / "theme/overrides"
        added = {
            "partials/copyright.html": f"<p>{self._number}</p>\n",
            f"assets/extra{self.chance.randint(1, 2)}.css": f"/* {self._number} */\n",
            "assets/stylesheets/theirs.css": "",
        }
        name = self.chance.choice(sorted(added))
        choice = self.chance.random()
        if choice < 0.3:
            (overrides / name).parent.mkdir(exist_ok=True, parents=True)
            (overrides / name).write_text(added[name], "utf-8")
        elif choice < 0.5:
            (overrides / name).unlink(missing_ok=True)
        else:
            files = [path for path in sorted(overrides.rglob("*")) if path.suffix in {".html", ".js", ".css"}]
            path = self.chance.choice(files)
            end = "\n<!-- edited -->\n" if path.suffix == ".html" else "\n/* edited */\n"
            path.write_text(path.read_text("utf-8") + end, "utf-8")
            name = path.name
        return name

    def translation(self) -> str:
        path = self.folder / "theme/languages/de.po"
        text = path.read_text("utf-8")
        lines = list(re.finditer(r'^msgstr "([^"{}\\%]+)"$', text, re.MULTILINE))
        match = self.chance.choice(lines)
        path.write_text(f"{text[: match.end(1)]}!{text[match.end(1) :]}", "utf-8")
        return match[1]

    def times(self) -> str:
        """The clock was wrong when files were written."""
        files = [*self._entries(), *self._templates(), *self._site_files()]
        for path in self.chance.sample(files, min(5, len(files))):
            if path.is_file():
                when = self.chance.choice((_OLD, _SOON))
                os.utime(path, (when, when))
        return ""

    # --- the built site

    def site_file_changed(self) -> str:
        if not (path := self._site_file()):
            return ""
        seen, data = path.stat(), bytearray(path.read_bytes() or b"x")
        if self.chance.random() < 0.5:
            data[self.chance.randrange(len(data))] ^= 1
            path.write_bytes(data)
            os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
        else:
            path.write_bytes(data[: self.chance.randrange(len(data))])
        return path.name

    def site_file_gone(self) -> str:
        if not (path := self._site_file()):
            return ""
        path.unlink()
        what = self.chance.choice(("nothing", "folder", "full folder", "link", "pipe"))
        if "folder" in what:
            path.mkdir()
        if what == "full folder":
            (path / "theirs").write_text("theirs", "utf-8")
        if what == "link":
            path.symlink_to(self.folder / "mkdocs.yml")
        if what == "pipe":
            os.mkfifo(path)
        return f"{path.name}: {what}"

    def site_folder_gone(self) -> str:
        folders = sorted(path for path in self.site.rglob("*") if path.is_dir() and not path.is_symlink())
        if not folders:
            return ""
        path = self.chance.choice(folders)
        shutil.rmtree(path)
        what = self.chance.choice(("nothing", "file", "link to a folder"))
        if what == "file":
            path.write_text("in the way", "utf-8")
        if what == "link to a folder":
            path.symlink_to(self._content)
        return f"{path.name}: {what}"

    def added_to_site(self) -> str:
        if not self.site.is_dir():
            return ""
        name = self.chance.choice(("empty/below", "theirs.html"))
        if name.endswith(".html"):
            (self.site / name).write_text("theirs", "utf-8")
        else:
            (self.site / name).mkdir(parents=True, exist_ok=True)
        return name

    def trees_gone(self) -> str:
        name = self.chance.choice(("site", "site.previous", ".site.spare"))
        shutil.rmtree(self.folder / name, ignore_errors=True)
        return name

    def tree_beside_spoilt(self) -> str:
        """Files of the sites before are changed: no later site may hold these bytes."""
        for name in ("site.previous", ".site.spare"):
            if files := self._site_files(name):
                path = self.chance.choice(files)
                path.write_bytes(b"spoilt")
        return ""

    # --- what edits share

    def _change(self, function: Callable[[dict[str, Any]], None]) -> str:
        path = self.chance.choice(self._entries())
        raw = _read(path)
        function(raw)
        return _write(path, raw)

    def _text(self) -> str:
        words = self.chance.choices(_WORDS, k=self.chance.randint(1, 3))
        return " ".join([*words, str(self._number)])  # two papers with one title are a fault

    def _entries(self) -> list[Path]:
        return sorted(self._content.glob("papers/*/*.yaml"))

    def _files(self, name: str) -> list[Path]:
        return sorted(path for path in (self._content / name).glob("*") if path.is_file())

    def _templates(self) -> list[Path]:
        return sorted(self.folder.glob("theme/pages/*.j2")) + sorted(self.folder.glob("theme/exports/*"))

    def _site_files(self, name: str = "site") -> list[Path]:
        paths = sorted((self.folder / name).rglob("*"))
        return [path for path in paths if path.is_file() and not path.is_symlink() and path.name != ".digest"]

    def _site_file(self) -> Path | None:
        files = self._site_files()
        return self.chance.choice(files) if files else None


_COMMENT = "\n<!-- edited -->"
_E = Editor
_OF_CONTENT = (
    _E.title, _E.authors, _E.topics, _E.other_field, _E.venue, _E.new_entry, _E.removed_entry, _E.renamed_entry,
    _E.bulk_entries, _E.faulty_entry, _E.name_of_other_record, _E.in_place, _E.hand_page, _E.removed_hand_page,
    _E.empty_folder, _E.times,
)  # fmt: skip
_OF_THEME = (_E.setting, _E.setting, _E.template, _E.override, _E.translation, _E.in_place)
_OF_SITE = (
    _E.site_file_changed, _E.site_file_gone, _E.site_folder_gone, _E.added_to_site, _E.trees_gone,
    _E.tree_beside_spoilt, _E.times,
)  # fmt: skip


def _read(path: Path) -> dict[str, Any]:
    raw = yaml.load(path.read_bytes(), Loader=yaml.BaseLoader)
    assert isinstance(raw, dict)
    return raw


def _write(path: Path, raw: dict[str, Any]) -> str:
    """Write an entry; texts that YAML takes for something else are quoted."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), "utf-8")
    return path.name
