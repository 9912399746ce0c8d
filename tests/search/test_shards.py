"""Lines of data in small files."""

import json
from collections.abc import Callable

import pytest

from generator.search.shards import (
    Shard,
    Sizes,
    divide_lines,
    file_name,
    first_letters,
    last_letters,
    shard_files,
    shard_names,
)


@pytest.mark.parametrize(("letters_of", "is_end"), [(first_letters, False), (last_letters, True)])
def test_each_word_is_in_the_file_with_the_longest_matching_name(
    letters_of: Callable[[str, int], str], is_end: bool
) -> None:
    """search-words.js looks for a word in the file with the longest matching name."""
    words = ["ab", "abc", "abcd", "abcdef", "abcx", "zeta", "größe", "x1"]
    parts = divide_lines({word: f'"{word}":1' for word in words}, letters_of, Sizes(largest=20, small=12, full=30))
    files = {file_name(letters): shard.lines for shard in parts for letters in shard.letter_groups}
    assert sorted(line for shard in parts for line in shard.lines) == sorted(f'"{word}":1' for word in words)
    assert max(map(len, files)) >= 4
    assert any(len(shard.letter_groups) > 1 for shard in parts)
    for word in words:
        names = [file_name(word[-count:] if is_end else word[:count]) for count in (4, 3, 2)]
        assert f'"{word}":1' in files[next(name for name in names if name in files)]


def test_small_files_are_joined_up_to_a_size_and_named_by_all_their_letters() -> None:
    lines = {f"{letter}a": "x" * 8 for letter in "abcdef"}
    files = divide_lines(lines, first_letters, Sizes(largest=100, small=10, full=20))
    assert [shard.letter_groups for shard in files] == [["aa", "ba"], ["ca", "da"], ["ea", "fa"]]
    assert shard_names(files) == "aa ba|ca da|ea fa"


def test_a_name_is_safe_for_any_file_system() -> None:
    assert file_name("ab1") == "ab1"
    assert file_name("aß/") == "a-df-2f"


def test_a_file_is_json_between_brackets() -> None:
    (file,) = shard_files("search/x", [Shard(["ab", "cd"], ['"ab":1', '"cd":2'])], "{", "}")
    assert (file.path, json.loads(file.data)) == ("search/x/ab.json", {"ab": 1, "cd": 2})
