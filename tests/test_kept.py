"""What the last build made serves again, and nothing but the right bytes ever comes of it."""

import json
import os
import shutil
from functools import partial
from pathlib import Path

import pytest
from generator.model.page import Batch, Draft, Page, Picture, Piece, untold
from generator.site.carried import Carried, carry
from generator.site.kept import Kept
from generator.site.looks import LENGTH, looks_like, looks_of
from generator.site.state import UNKNOWN, read_state, write_state

from generator.build.version import hash_of_files, version_of
from generator.commands import build
from generator.site.site_pages import Asked, SitePages
from tests.conftest import ROOT


def _made(site: Path, files: dict[str, bytes]) -> None:
    """A site of files that were made from what they hold, with its state."""
    first = Kept(Carried(site), b"1")
    first.add([Picture(path=path, made_from=data, draw=partial(bytes, data)) for path, data in files.items()])
    _settle(site, first)


def _settle(site: Path, kept: Kept) -> None:
    write_state(site, "everything", kept.settle({}, kept.makeup))


def _next(site: Path, fresh: Path) -> Carried:
    fresh.mkdir(exist_ok=True)
    carried = Carried(fresh, read_state(site))
    carry(site, carried)
    return carried


def _held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _fail() -> bytes:
    raise AssertionError


def test_a_file_made_from_the_same_is_linked(tmp_path: Path) -> None:
    site, fresh = tmp_path / "site", tmp_path / "fresh"
    _made(site, {"a/x.png": b"lines"})
    second = Kept(_next(site, fresh), b"1")
    second.add([Picture(path="a/x.png", made_from=b"lines", draw=_fail)])
    assert (fresh / "a/x.png").samefile(site / "a/x.png")
    assert second.made == {}
    assert second.serves("a/x.png")
    assert not second.again("a/x.png", second.key(b"lines"))  # whoever asks twice wants it made


@pytest.mark.parametrize("what", ["input", "version", "bytes", "gone", "record"])
def test_anything_else_is_made_anew_and_the_site_in_place_left_alone(what: str, tmp_path: Path) -> None:
    site, fresh = tmp_path / "site", tmp_path / "fresh"
    _made(site, {"a/x.png": b"lines"})
    state = read_state(site)
    if what == "bytes":
        (site / "a/x.png").write_bytes(b"limes")
    if what == "gone":
        (site / "a/x.png").unlink()
    if what == "record":
        os.utime(site / "a/x.png", ns=(1, 1))
        state.manifest.held = state.manifest.held[:LENGTH] + bytes(LENGTH)
    fresh.mkdir()
    carried = Carried(fresh, state)
    carry(site, carried)
    second = Kept(carried, b"2" if what == "version" else b"1")
    new = b"lines of another" if what == "input" else b"lines"
    second.add([Picture(path="a/x.png", made_from=new, draw=lambda: b"new")])
    assert (fresh / "a/x.png").read_bytes() == b"new"
    if what != "gone":
        assert (site / "a/x.png").read_bytes() != b"new"


def test_a_file_that_is_made_after_all_does_not_write_into_the_old_one(tmp_path: Path) -> None:
    site, fresh = tmp_path / "site", tmp_path / "fresh"
    _made(site, {"a/x.png": b"lines", "b.png": b"lines"})
    second = Kept(_next(site, fresh), b"1")
    key = second.key(b"lines")
    assert second.again("a/x.png", key)
    second.write("a/x.png", key, b"new")
    second.clear("b.png")
    (fresh / "b.png").write_bytes(b"new")  # as another program does
    assert _held(site) == {"a/x.png": b"lines", "b.png": b"lines"}
    assert _held(fresh) == {"a/x.png": b"new", "b.png": b"new"}
    settled = second.settle({}, UNKNOWN)
    assert settled.manifest.without_key() == ["b.png"]


def test_only_files_that_look_as_they_did_are_not_read(tmp_path: Path) -> None:
    """A site from a cache has its files' bytes, but other times: they are read, and serve again."""
    site = tmp_path / "site"
    _made(site, {"a/x.png": b"lines", "b/y.png": b"lines"})
    for path in ("a/x.png", "b/y.png"):
        os.utime(site / path, ns=(1, 1))
    (site / "b/y.png").write_bytes(b"limes")
    os.utime(site / "b/y.png", ns=(1, 1))
    second = Kept(_next(site, tmp_path / "fresh"), b"1")
    assert second.again("a/x.png", second.key(b"lines"))
    assert not second.again("b/y.png", second.key(b"lines"))


@pytest.mark.parametrize("what", ["as it was", "nothing", "older", "edited", "cut", "more", "less", "folder"])
def test_whatever_the_spare_folder_holds_the_files_of_the_site_are_carried_over(what: str, tmp_path: Path) -> None:
    site, spare = tmp_path / "site", tmp_path / "spare"
    files = {"a/x.png": b"lines", "a/b/y.png": b"other", "z.png": b"more"}
    _made(site, files)
    if what != "nothing":
        shutil.copytree(site, spare, copy_function=os.link)
    if what in {"older", "edited", "cut"}:
        (spare / "a/x.png").unlink()
        (spare / "a/x.png").write_bytes({"older": b"older lines", "edited": b"limes", "cut": b"li"}[what])
    if what == "more":
        for path in ("a/b/more.png", "c/d/e/more.png"):
            (spare / path).parent.mkdir(parents=True, exist_ok=True)
            (spare / path).write_bytes(b"more")
    if what == "less":
        shutil.rmtree(spare / "a/b")
    if what == "folder":
        (spare / "z.png").unlink()
        (spare / "z.png").mkdir()
        (spare / "z.png/x").write_bytes(b"x")
    kept = Kept(_next(site, spare), b"1")
    assert _held(spare) == files
    assert all((spare / path).samefile(site / path) for path in files)
    assert sorted(path.name for path in spare.rglob("*") if path.is_dir()) == ["a", "b"]
    kept.add([Picture(path="a/x.png", made_from=b"lines", draw=_fail)])
    settled = kept.settle({}, UNKNOWN)
    assert _held(spare) == {"a/x.png": b"lines"}  # nobody asked for the others
    assert sorted(path.name for path in spare.rglob("*") if path.is_dir()) == ["a"]
    assert settled.manifest.paths == ["a/x.png"]
    assert settled.looks == looks_of(spare)


def test_a_file_takes_the_place_of_a_folder_and_a_folder_that_of_a_file(tmp_path: Path) -> None:
    site, fresh = tmp_path / "site", tmp_path / "fresh"
    _made(site, {"a": b"1", "b/c/d": b"2", "b/c/e": b"3"})
    second = Kept(_next(site, fresh), b"1")
    second.add([Page(path="a/x", text="4"), Page(path="b", text="5")])
    settled = second.settle({}, UNKNOWN)
    assert _held(fresh) == {"a/x": b"4", "b": b"5"}
    assert sorted(settled.manifest.paths) == ["a/x", "b"]
    assert settled.looks == looks_of(fresh)
    assert _held(site) == {"a": b"1", "b/c/d": b"2", "b/c/e": b"3"}


@pytest.mark.parametrize("number", [1, 400])
def test_a_look_notices_what_was_edited_added_taken_out_or_restored(number: int, tmp_path: Path) -> None:
    site = tmp_path / "site"
    for at in range(number):
        (site / f"a/{at}").mkdir(parents=True)
        (site / f"a/{at}/x").write_bytes(b"x")
    looks = looks_of(site)
    assert looks_like(site, looks)
    file, last = site / "a/0/x", site / f"a/{number - 1}"
    os.utime(file, ns=(1, 1))
    assert not looks_like(site, looks)
    looks = looks_of(site)
    (last / "y").touch()
    assert not looks_like(site, looks)
    (last / "y").unlink()
    assert looks_like(site, looks)
    (last / "x").unlink()
    assert not looks_like(site, looks)
    shutil.rmtree(last)
    assert not looks_like(site, looks)
    assert not looks_like(tmp_path / "none", looks)


def test_a_batch_made_from_the_same_is_not_asked_for_its_files(tmp_path: Path) -> None:
    paths = ("a/x.png", "a/y.png")

    def drawn(told: bytes) -> Batch[Picture]:
        return Batch(lambda: told, lambda: [Picture(path=path, made_from=told, draw=lambda: told) for path in paths])

    site = tmp_path / "site"
    first = Kept(Carried(site), b"1")
    first.add_batches([drawn(b"lines"), untold(lambda: [Page(path="b.txt", text="anew")])])
    assert list(first.batches.values()) == [paths]
    _settle(site, first)

    def fail() -> list[Picture]:
        raise AssertionError

    second = Kept(_next(site, tmp_path / "second"), b"1")
    second.add_batches([Batch(lambda: b"lines", fail)])
    assert (second.made, second.batches) == ({}, first.batches)
    assert all((tmp_path / "second" / path).samefile(site / path) for path in paths)
    with pytest.raises(AssertionError):
        Kept(_next(site, tmp_path / "third"), b"2").add_batches([Batch(lambda: b"lines", fail)])
    (site / "a/y.png").unlink()
    fourth = Kept(_next(site, tmp_path / "fourth"), b"1")
    fourth.add_batches([drawn(b"lines")])
    assert all((tmp_path / "fourth" / path).read_bytes() == b"lines" for path in paths)
    assert fourth.batches == first.batches


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
    first = Kept(Carried(before), b"1")
    first.add([_long("one", "two", "three")])
    _settle(before, first)
    if spoilt is not None:
        (before / "long.txt").write_bytes(spoilt)
        second = Kept(_next(before, site), b"1")
        second.add([_long("one", "two", "four")])
        assert (site / "long.txt").read_bytes() == b"onetwofour"
        return
    second = Kept(_next(before, site), b"1")
    second.add([_long("zero", "ONE", "THREE", "four")])
    assert (site / "long.txt").read_bytes() == b"zeroonethreefour"
    assert (before / "long.txt").read_bytes() == b"onetwothree"
    _settle(site, second)
    third = Kept(_next(site, tmp_path / "third"), b"1")
    third.add([_long("ZERO", "ONE", "THREE", "FOUR")])
    assert third.made == {}
    assert third.settle({}, third.makeup).makeup == second.makeup


def test_a_state_is_read_as_it_was_written(tmp_path: Path) -> None:
    site = tmp_path / "site"
    odd = os.fsdecode(b"odd\xff.png")
    _made(site, {"a/x.png": b"lines", odd: b"other"})
    state = read_state(site)
    assert state.made_from == "everything"
    assert state.looks == looks_of(site)
    assert state.manifest.paths == ["a/x.png", odd]
    assert state.manifest.key(0) == Kept(Carried(site), b"1").key(b"lines")
    assert state.makeup == UNKNOWN


@pytest.mark.parametrize(
    "spoilt", [b"", b"\0" * 200, b"[]", b"null", b"\x90", b"\xc0", b"\x97\xa1x\xc4\0\xc4\0\xc4\0\xc4\0\xc4\1x\xc4\0"]
)
def test_a_spoilt_state_is_an_empty_one(spoilt: bytes, tmp_path: Path) -> None:
    site = tmp_path / "site"
    _made(site, {"a/x.png": b"lines"})
    whole = (tmp_path / ".site.state").read_bytes()
    for data in (spoilt, whole[:-20], whole.replace(b"\0", b""), whole + b"x"):
        (tmp_path / ".site.state").write_bytes(data)
        state = read_state(site)
        assert (state.made_from, state.looks, state.manifest.paths) == ("", {}, [])


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


def test_what_a_link_leads_to_is_not_read_if_a_stranger_may_have_set_it(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("a", "utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/link.yaml").symlink_to(there)
    before = [hash_of_files((tmp_path / "content").iterdir(), follow=follow) for follow in (False, True)]
    there.write_text("b", "utf-8")
    after = [hash_of_files((tmp_path / "content").iterdir(), follow=follow) for follow in (False, True)]
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False]


def test_an_edit_during_a_build_is_not_taken_for_built(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    entry = content / "papers/conf-2025/zhu2025dogs.yaml"
    text = entry.read_text("utf-8")
    hashed = build.Order.made_from
    made: list[str] = []

    def edited_after(order: build.Order) -> str:
        made.append(hashed(order))
        entry.write_text(text.replace("Dogs that fetch", "Dogs that wait"), "utf-8")
        return made[-1]

    monkeypatch.setattr(build.Order, "made_from", edited_after)
    assert build.run(build.BuildOptions(content, tmp_path / "site", strict=True)) == 0
    assert made[0] != made[1]
    assert read_state(tmp_path / "site").made_from == ""


def _edit(content: Path, step: int) -> None:
    """Title and author of a paper; then a topic of another and an entry less; then a page."""
    papers = content / "papers/conf-2025"
    if step == 0:
        cats = papers / "oconnor2025cats.yaml"
        text = cats.read_text("utf-8").replace("- name: Plato", "- name: Plato\n- name: A New Author")
        cats.write_text(text.replace("Cats ", "New cats ", 1), "utf-8")
    elif step == 1:
        dogs = papers / "zhu2025dogs.yaml"
        dogs.write_text(dogs.read_text("utf-8").replace("topics:\n- dogs", "topics:\n- cats\n- dogs"), "utf-8")
        (content / "papers/preprint-2025.jsonl").unlink()
    else:
        about = content / "pages/about.md"
        about.write_text(about.read_text("utf-8") + "\n> Another word.\n", "utf-8")


def test_after_an_edit_the_site_is_that_of_a_clean_build(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    site, clean = tmp_path / "site", tmp_path / "clean"

    def built(folder: Path) -> dict[str, bytes]:
        assert build.run(build.BuildOptions(content, folder, strict=True)) == 0
        assert read_state(folder).looks == looks_of(folder)
        return _held(folder)

    before = built(site)
    for step in range(3):  # the last is built into the folder of the first
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
        assert _held(previous) == before
        before = after
    assert (tmp_path / ".site.spare").is_dir()
    capsys.readouterr()
    inode = site.stat().st_ino
    assert built(site) == after
    assert "nothing has changed" in capsys.readouterr().err
    assert site.stat().st_ino == inode
    (site / "about/index.html").write_text("spoilt", "utf-8")
    assert built(site) == after
    assert json.loads((site / "offline.json").read_text("utf-8"))


def test_a_page_that_mkdocs_built_serves_until_it_or_the_pages_that_there_are_change(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A link that leads nowhere any more is found, though its own page did not change."""
    monkeypatch.chdir(ROOT)
    about, cats = content / "pages/about.md", content / "papers/conf-2025/oconnor2025cats.yaml"
    about.write_text("# About\n\n| a |\n|---|\n| [b](../papers/anon2025ghosts/index.md) |\n", "utf-8")
    order, built = build.BuildOptions(content, tmp_path / "site", strict=True), []
    plainly = SitePages.build_by_mkdocs

    def noted(site: SitePages, path: str) -> frozenset[Asked]:
        built.append(path)
        return plainly(site, path)

    monkeypatch.setattr(SitePages, "build_by_mkdocs", noted)
    assert build.run(order) == 0
    assert "about/index.md" in built
    built.clear()
    cats.write_text(cats.read_text("utf-8").replace("Cats ", "New cats ", 1), "utf-8")
    assert build.run(order) == 0
    assert "about/index.md" not in built
    (content / "papers/preprint-2025.jsonl").unlink()
    assert build.run(order) == 1
    assert "was left as it is: Aborted with 1 warnings in strict mode" in capsys.readouterr().err
