"""Stored responses of sites, and the last request to each host."""

from pathlib import Path

from generator.fetch.cache import MAX_AGE, ResponseCache

ADDRESS = "https://a.example/x"


def test_a_response_is_used_until_it_is_too_old(tmp_path: Path) -> None:
    cache = ResponseCache(tmp_path)
    cache.store(ADDRESS, "text", now=1000)
    assert cache.fresh(ADDRESS, 1000 + MAX_AGE - 1) == "text"
    assert cache.fresh(ADDRESS, 1000 + MAX_AGE) is None
    assert cache.stored(ADDRESS) == ("text", 1000)


def test_a_response_from_the_future_is_not_used(tmp_path: Path) -> None:
    cache = ResponseCache(tmp_path)
    cache.store(ADDRESS, "text", now=1000)
    assert cache.fresh(ADDRESS, 999) is None


def test_a_file_that_was_copied_to_another_address_is_damaged(tmp_path: Path) -> None:
    cache = ResponseCache(tmp_path)
    cache.store(ADDRESS, "text", now=1000)
    cache.store(f"{ADDRESS}2", "other", now=1000)
    first, second = sorted((tmp_path / "answers").glob("*.json"))
    second.write_bytes(first.read_bytes())
    assert [cache.stored(ADDRESS), cache.stored(f"{ADDRESS}2")].count(None) == 1


def test_the_last_request_to_a_host_is_known_to_the_next_process(tmp_path: Path) -> None:
    with ResponseCache(tmp_path).locked("a.example") as lock:
        assert lock.last_request() == 0
        lock.record_request(1000.5)
    with ResponseCache(tmp_path).locked("a.example") as lock:
        assert lock.last_request() == 1000.5
    with ResponseCache(tmp_path).locked("b.example") as lock:
        assert lock.last_request() == 0


def test_a_prepared_time_that_is_no_valid_number_is_ignored(tmp_path: Path) -> None:
    cache = ResponseCache(tmp_path)
    with cache.locked("a.example") as lock:
        lock.record_request(1000.5)
    (file,) = (tmp_path / "hosts").glob("*.json")
    file.write_text('{"when": 1' + "0" * 400 + "}", "utf-8")
    with cache.locked("a.example") as lock:
        assert 1000.5 - lock.last_request() < 0  # as after a clock was set back, nobody waits
