"""The changes between two archives."""

from datetime import date

from generator.exports.bundle import changes_between, changes_since


def test_changes_since_a_day_follow_from_the_records() -> None:
    base = {"title": "T", "url": "https://x.example/", "status": "published"}
    records = {
        "a": {**base, "id": "a", "added": "2026-05-03", "changed": "2026-05-03"},
        "b": {**base, "id": "b", "added": "2026-01-01", "changed": "2026-05-04"},
        "c": {**base, "id": "c", "added": "2026-01-01", "changed": "2026-05-05", "status": "removed"}
        | {"status_date": "2026-05-05"},
        "d": {**base, "id": "d", "added": "2026-01-01", "changed": "2026-01-01"},
    }
    day = date(2026, 5, 2)
    assert [(row["id"], row["change"]) for row in changes_since(day, records)] == [
        ("a", "added"), ("b", "changed"), ("c", "removed"),
    ]  # fmt: skip
    renamed = {"n": {**records["d"], "id": "n", "aliases": ["d"]}}
    assert [row["change"] for row in changes_between({"d": records["d"]}, renamed)] == ["renamed", "added"]
