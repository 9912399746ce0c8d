"""What the last build made serves again, and nothing but the right bytes ever comes of it."""

import json
import os
import shutil
from functools import partial
from pathlib import Path

import pytest

from generator.commands import build
from generator.model.page import Batch, Draft, Page, Picture, Piece, untold
from generator.output.kept import Kept, Makeup, State, looks_of, read_state, write_state
from generator.output.version import hash_of_files, version_of
from tests.conftest import ROOT


def _site(folder: Path) -> Path:
    site = folder / "site"
    (site / "a").mkdir(parents=True)
    (site / "a/x.png").write_bytes(b"drawn")
    return site


def test_a_file_made_from_the_same_is_linked(tmp_path: Path) -> None:
    site, fresh = _site(tmp_path), tmp_path / "fresh"
    first = Kept(tmp_path / "none", site, {}, b"1")
    first.add([Picture(path="a/x.png", made_from=b"lines", draw=lambda: b"drawn")])

    def fail() -> bytes:
        raise AssertionError

    second = Kept(site, fresh, first.made, b"1")
    second.add([Picture(path="a/x.png", made_from=b"lines", draw=fail)])
    assert (fresh / "a/x.png").samefile(site / "a/x.png")
    assert second.made == first.made


@pytest.mark.parametrize("what", ["input", "version", "bytes", "gone", "record"])
def test_anything_else_is_made_anew_and_the_site_in_place_left_alone(what: str, tmp_path: Path) -> None:
    site, fresh = _site(tmp_path), tmp_path / "fresh"
    first = Kept(tmp_path / "none", site, {}, b"1")
    first.write("a/x.png", first.key(b"lines"), b"drawn")
    record = dict(first.made)
    if what == "bytes":
        (site / "a/x.png").write_bytes(b"dramn")
    if what == "gone":
        (site / "a/x.png").unlink()
    if what == "record":
        record["a/x.png"] = (record["a/x.png"][0], "0" * 32)
    second = Kept(site, fresh, record, b"2" if what == "version" else b"1")
    new = b"lines of another" if what == "input" else b"lines"
    second.add([Picture(path="a/x.png", made_from=new, draw=lambda: b"new")])
    assert (fresh / "a/x.png").read_bytes() == b"new"
    if what != "gone":
        assert (site / "a/x.png").read_bytes() != b"new"


def test_a_file_that_is_made_after_all_does_not_write_into_the_old_one(tmp_path: Path) -> None:
    site, fresh = _site(tmp_path), tmp_path / "fresh"
    first = Kept(tmp_path / "none", site, {}, b"1")
    first.write("a/x.png", "key", b"drawn")
    second = Kept(site, fresh, first.made, b"1")
    assert second.again("a/x.png", "key")
    second.write("a/x.png", "key", b"new")  # over the link that was made already
    assert (site / "a/x.png").read_bytes() == b"drawn"


def test_only_a_site_that_is_known_to_be_untouched_is_not_read(tmp_path: Path) -> None:
    site = _site(tmp_path)
    record = {"a/x.png": ("key", "of other bytes")}
    assert not Kept(site, tmp_path / "fresh", record, b"1").again("a/x.png", "key")
    assert Kept(site, tmp_path / "other", record, b"1", untouched=True).again("a/x.png", "key")


def test_a_batch_made_from_the_same_is_not_asked_for_its_files(tmp_path: Path) -> None:
    paths = ("a/x.png", "a/y.png")

    def drawn(told: bytes) -> Batch[Picture]:
        return Batch(lambda: told, lambda: [Picture(path=path, made_from=told, draw=lambda: told) for path in paths])

    first = Kept(tmp_path / "none", tmp_path / "site", {}, b"1")
    first.add_batches([drawn(b"lines"), untold(lambda: [Page(path="b.txt", text="anew")])])
    assert list(first.batches.values()) == [paths]

    def fail() -> list[Picture]:
        raise AssertionError

    second = Kept(tmp_path / "site", tmp_path / "second", first.made, b"1", makeup=first.makeup)
    second.add_batches([Batch(lambda: b"lines", fail)])
    assert (second.made, second.batches) == ({}, first.batches)
    assert second.record([second.made], second.makeup) == {path: first.made[path] for path in paths}
    assert all((tmp_path / "second" / path).samefile(tmp_path / "site" / path) for path in paths)
    (tmp_path / "site/a/y.png").unlink()
    third = Kept(tmp_path / "site", tmp_path / "third", first.made, b"1", makeup=first.makeup)
    third.add_batches([drawn(b"lines")])
    assert all((tmp_path / "third" / path).read_bytes() == b"lines" for path in paths)
    assert third.batches == first.batches
    with pytest.raises(AssertionError):
        Kept(tmp_path / "site", tmp_path / "fourth", first.made, b"2", makeup=first.makeup).add_batches(
            [Batch(lambda: b"lines", fail)]
        )


def _long(*texts: str) -> Draft:
    """A file whose pieces are made from what they say; those in capitals cannot be written."""

    def written(text: str) -> str:
        assert not text.isupper()
        return text

    pieces = tuple(Piece(text.lower().encode(), partial(written, text)) for text in texts)
    return Draft("long.txt", "".join(texts).lower().encode(), lambda: "".join(map(written, texts)), pieces)


@pytest.mark.parametrize("spoilt", [None, b"onetwothrei", b"one", b""])
def test_of_a_long_file_only_the_pieces_that_changed_are_written(spoilt: bytes | None, tmp_path: Path) -> None:
    before, site = tmp_path / "before", tmp_path / "site"
    first = Kept(tmp_path / "none", before, {}, b"1")
    first.add([_long("one", "two", "three")])
    if spoilt is None:
        second = Kept(before, site, first.made, b"1", makeup=first.makeup)
        second.add([_long("zero", "ONE", "THREE", "four")])
        assert (site / "long.txt").read_bytes() == b"zeroonethreefour"
        assert second.made["long.txt"] != first.made["long.txt"]
        third = Kept(site, tmp_path / "third", second.made, b"1", makeup=second.makeup)
        third.add([_long("ZERO", "ONE", "THREE", "FOUR")])
        assert third.makeup == second.makeup
        return
    (before / "long.txt").write_bytes(spoilt)
    second = Kept(before, site, first.made, b"1", makeup=first.makeup)
    second.add([_long("one", "two", "four")])
    assert (site / "long.txt").read_bytes() == b"onetwofour"


def test_a_state_is_read_as_it_was_written(tmp_path: Path) -> None:
    site = _site(tmp_path)
    made = {"a/x.png": ("key", "held")}
    makeup = Makeup({"batch": ("a/x.png",)}, {"a/x.png": (("piece", 5),)})
    write_state(site, "everything", made, makeup)
    assert read_state(site) == State("everything", looks_of(site), made, makeup)
    (site / "a/x.png").write_bytes(b"touched")
    assert read_state(site).looks != looks_of(site)


@pytest.mark.parametrize(
    "spoilt", [b"", b"\0" * 200, b"[]", b"null", b'{"record": 1}', b'{"made_from": "x", "record": {"a": 1}}']
)
def test_a_spoilt_state_is_an_empty_one(spoilt: bytes, tmp_path: Path) -> None:
    site = _site(tmp_path)
    write_state(site, "everything", {"a/x.png": ("key", "held")})
    whole = (tmp_path / ".site.state.json").read_bytes()
    for data in (spoilt, whole[:-20], whole.replace(b'"', b"'")):
        (tmp_path / ".site.state.json").write_bytes(data)
        assert read_state(site) == State("", "", {})


def test_the_version_knows_the_theme_the_settings_and_the_wishes(tmp_path: Path) -> None:
    theme, config = tmp_path / "theme", tmp_path / "mkdocs.yml"
    theme.mkdir()
    seen = set()
    for text in ("a", "b"):
        config.write_text(text, "utf-8")
        for style in ("c", "d"):
            (theme / "x.css").write_text(style, "utf-8")
            seen |= {version_of(theme, config, True), version_of(theme, config, False)}
    assert len(seen) == 8
    assert hash_of_files([config, theme / "x.css"]) == hash_of_files([theme / "x.css", theme, config])


def test_files_of_any_name_size_and_right_are_hashed(tmp_path: Path) -> None:
    """A name that is no UTF-8, and a link that leads nowhere, are no reason to stop."""
    odd = tmp_path / os.fsdecode(b"a\xff.yaml")
    odd.write_text("a", "utf-8")
    (tmp_path / "link.yaml").symlink_to("nowhere")
    before = hash_of_files(tmp_path.rglob("*"))
    odd.write_text("b", "utf-8")
    assert hash_of_files(tmp_path.rglob("*")) != before


def test_an_edit_during_a_build_is_not_taken_for_built(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(build, "DOCS", tmp_path / "docs")
    entry = content / "papers/conf-2025/zhu2025dogs.yaml"
    text = entry.read_text("utf-8")
    hashed = build.Order.made_from
    made: list[str] = []

    def edited_after(order: build.Order) -> str:
        made.append(hashed(order))
        entry.write_text(text.replace("Dogs that fetch", "Dogs that wait"), "utf-8")
        return made[-1]

    monkeypatch.setattr(build.Order, "made_from", edited_after)
    assert build.run(build.Order(content, tmp_path / "site", strict=True)) == 0
    assert made[0] != made[1]
    assert read_state(tmp_path / "site") == State("", "", {})


def _edit(content: Path, step: int) -> None:
    """Title and author of a paper; then a topic of another and an entry less."""
    papers = content / "papers/conf-2025"
    if step == 0:
        cats = papers / "oconnor2025cats.yaml"
        text = cats.read_text("utf-8").replace("- name: Plato", "- name: Plato\n- name: A New Author")
        cats.write_text(text.replace("Cats ", "New cats ", 1), "utf-8")
    else:
        dogs = papers / "zhu2025dogs.yaml"
        dogs.write_text(dogs.read_text("utf-8").replace("topics:\n- dogs", "topics:\n- cats\n- dogs"), "utf-8")
        (content / "papers/preprint-2025.jsonl").unlink()


def test_after_an_edit_the_site_is_that_of_a_clean_build(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(build, "DOCS", tmp_path / "docs")
    site, clean = tmp_path / "site", tmp_path / "clean"

    def built(folder: Path) -> dict[str, bytes]:
        assert build.run(build.Order(content, folder, strict=True)) == 0
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    before = built(site)
    for step in range(2):
        _edit(content, step)
        after = built(site)
        assert after == built(clean)
        assert after != before
        shutil.rmtree(clean)
        kept = [
            name for name in before if name in after and name.endswith("card.png") and "oconnor2025cats" not in name
        ]
        previous = tmp_path / "site.previous"
        assert kept
        assert [name for name in kept if not (site / name).samefile(previous / name)] == []
        before = after
    capsys.readouterr()
    inode = site.stat().st_ino
    assert built(site) == after
    assert "nothing has changed" in capsys.readouterr().err
    assert site.stat().st_ino == inode
    (site / "about/index.html").write_text("spoilt", "utf-8")
    assert built(site) == after
    assert json.loads((site / "offline.json").read_text("utf-8"))
