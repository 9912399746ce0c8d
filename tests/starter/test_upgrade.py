"""The record of a digest's files, and the plan of an upgrade."""

from pathlib import Path

from generator.starter.upgrade import RECORD_FILE, FileAction, Record, file_hash, plan_upgrade, read_record


def test_the_action_for_a_file_follows_from_three_hashes() -> None:
    a, b, c = (file_hash(text) for text in (b"a", b"b", b"c"))
    record = Record("1", {"same": a, "new": a, "yours": a, "both": a, "gone": a, "gone yours": a, "deleted": a})
    on_disk = {"same": a, "new": a, "yours": c, "both": c, "gone": a, "gone yours": c, "deleted": None, "clash": c}
    new = {"same": a, "new": b, "yours": a, "both": b, "deleted": a, "clash": b, "more": b}
    upgrade = plan_upgrade(record, on_disk, new)
    assert upgrade.actions == {
        "same": FileAction.UNCHANGED,
        "new": FileAction.WRITE,
        "yours": FileAction.KEEP,
        "both": FileAction.CONFLICT,
        "gone": FileAction.DELETE,
        "gone yours": FileAction.CONFLICT,
        "deleted": FileAction.KEEP,
        "clash": FileAction.CONFLICT,
        "more": FileAction.WRITE,
    }
    assert upgrade.hashes == {
        "same": a, "new": b, "yours": a, "both": a, "gone yours": a, "deleted": a, "more": b,
    }  # fmt: skip


def test_a_merged_file_is_kept_without_a_conflict() -> None:
    a, b, c = (file_hash(text) for text in (b"a", b"b", b"c"))
    upgrade = plan_upgrade(Record("1", {"x": a}), {"x": c}, {"x": b}, merged=["x"])
    assert upgrade.actions == {"x": FileAction.KEEP}
    assert upgrade.hashes == {"x": b}, "the next upgrade compares with this version"


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    record = Record("1.2", {"theme/b": file_hash(b"b"), "theme/ä": file_hash(b"a"), "Makefile": file_hash(b"m")})
    (tmp_path / RECORD_FILE).write_text(record.text(), "utf-8")
    assert read_record(tmp_path) == record
    assert record.without({"Makefile"}).files.keys() == {"theme/b", "theme/ä"}
    lines = record.text().splitlines()
    assert [line for line in lines if "theme/" in line] == sorted(line for line in lines if "theme/" in line)
