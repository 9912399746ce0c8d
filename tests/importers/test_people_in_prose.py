"""Lists of authors in running text."""

import pytest

from generator.importers.people_in_prose import find_authors


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Byron and Bo Li study tides.", ["Ada Byron", "Bo Li"]),
        ("Ada Byron, Bo Li (OIST), und Cem Ak zeigen viel.", ["Ada Byron", "Bo Li", "Cem Ak"]),
        (
            "there Jan-Ole van der Berg, O. B. Łuk and Zoë D'Arc show it.",
            ["Jan-Ole van der Berg", "O. B. Łuk", "Zoë D'Arc"],
        ),
        ("Large models and small ones study nothing.", None),
    ],
)
def test_authors_are_found_in_running_text(text: str, names: list[str] | None) -> None:
    authors = find_authors(text)
    assert (authors and [author.name for author in authors.authors]) == names


@pytest.mark.parametrize(
    ("text", "names", "incomplete"),
    [
        ("Ada Reef (Pier U), Bo Öst, and others focus on noise.", ["Ada Reef", "Bo Öst"], True),
        ("Ada Reef et al. study noise.", ["Ada Reef"], True),
        ("Ada Reef und Kollegen untersuchen Taue.", ["Ada Reef"], True),
        ("Ada Reef and her team present a rope.", ["Ada Reef"], True),
        ("Hal Steam III, Hieu Nguyễn, and 王小明 study ropes.", ["Hal Steam III", "Hieu Nguyễn", "王小明"], False),
        ("Ada Reef from Pier University shows that ropes hold.", ["Ada Reef"], False),
        ("Ada Reef vom MIT zeigt, dass Taue halten.", ["Ada Reef"], False),
        ("Kaiming He and Qi She examine ropes.", ["Kaiming He", "Qi She"], False),
        ("Die Arbeit von Ada Reef und Min-seo Park befasst sich mit Tauen.", ["Ada Reef", "Min-seo Park"], False),
        ("In this work, Ada Reef, O. B. Łuk & Jo de la Tour ask.", ["Ada Reef", "O. B. Łuk", "Jo de la Tour"], False),
        ("Das Team um Ada Reef zeigt, dass Taue halten.", ["Ada Reef"], False),
        ("Deep Neural Networks, Gaussian Processes and Large Models are slow.", None, False),
        ("Die Conference on Ropes (COR) findet statt.", None, False),
        ("Künstliche Intelligenz und Maschinelles Lernen werden geprüft.", None, False),
        ("They tie forty knots and sort them.", None, False),
    ],
)  # fmt: skip
def test_authors_of_sentences_are_recognized(text: str, names: list[str] | None, incomplete: bool) -> None:
    authors = find_authors(text)
    assert (authors and [author.name for author in authors.authors]) == names
    assert authors is None or authors.is_incomplete == incomplete


def test_a_piece_that_is_not_read_as_a_name_is_reported() -> None:
    authors = find_authors("Ada Reef, danah boyd, and Bo Öst study ropes.")
    assert authors is not None
    assert [author.name for author in authors.authors] == ["Ada Reef", "Bo Öst"]
    assert authors.is_incomplete
    assert authors.unread == ("danah boyd",)
