"""Which texts are identifiers."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text import identifiers
from generator.text.identifiers import proceedings_page, read_identifier
from tests.conftest import ROOT

CASES = json.loads((ROOT / "tests/cases/text.json").read_text("utf-8"))["identifiers"]


@pytest.mark.parametrize(("kind", "value", "good"), CASES)
def test_an_identifier_is_accepted_only_in_its_bare_form(kind: str, value: str, good: bool) -> None:
    assert getattr(identifiers, f"is_{kind}")(value) is good


@given(st.from_regex(identifiers._PLAIN_ADDRESS, fullmatch=True))
def test_the_fast_path_accepts_only_valid_addresses(address: str) -> None:
    assert identifiers._is_valid_address(address)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("arxiv:2501.00023v2", ("arxiv", "2501.00023")),
        ("arXiv:math.GT/0309136", ("arxiv", "math.GT/0309136")),
        ("https://arxiv.org/abs/2501.00023v4", ("arxiv", "2501.00023")),
        ("http://www.arxiv.org/pdf/2501.00023.pdf", ("arxiv", "2501.00023")),
        ("doi:10.1145/3.x(1)", ("doi", "10.1145/3.x(1)")),
        ("https://doi.org/10.1145%2F3", ("doi", "10.1145/3")),
        ("doi:10.48550/arXiv.2501.00023", ("arxiv", "2501.00023")),
        ("https://doi.org/10.18653/v1/2024.acl-long.9", ("acl", "2024.acl-long.9")),
        ("openreview:kItEs00001", ("openreview", "kItEs00001")),
        ("https://openreview.net/forum?id=kItEs00001&noteId=x", ("openreview", "kItEs00001")),
        ("https://openreview.net/pdf?id=kItEs00001", ("openreview", "kItEs00001")),
        ("acl:P19-1001", ("acl", "P19-1001")),
        ("https://aclanthology.org/2024.acl-long.9/", ("acl", "2024.acl-long.9")),
        ("https://aclanthology.org/2024.acl-long.9.pdf", ("acl", "2024.acl-long.9")),
        ("https://[", None),
        ("2501.00023", ("arxiv", "2501.00023")),
        ("2501.00023v3", ("arxiv", "2501.00023")),
        ("math/0309136", ("arxiv", "math/0309136")),
        ("10.1145/3.x", ("doi", "10.1145/3.x")),
        ("arxiv.org/abs/2501.00023", ("arxiv", "2501.00023")),
        ("https://arxiv.org/html/2501.00023v1", ("arxiv", "2501.00023")),
        ("https://www.alphaxiv.org/abs/2501.00023v2", ("arxiv", "2501.00023")),
        ("https://www.alphaxiv.org/overview/2501.00023", ("arxiv", "2501.00023")),
        ("https://huggingface.co/papers/2501.00023", ("arxiv", "2501.00023")),
        ("https://huggingface.co/papers/2501.00023#community", ("arxiv", "2501.00023")),
        ("https://huggingface.co/papers/date/2025-09-03", None),
        ("https://huggingface.co/example/model", None),
        ("https://doi.org/10.48550/arXiv.2501.00023", ("arxiv", "2501.00023")),
        ("doi:10.1145%2F3.x", ("doi", "10.1145/3.x")),
        ("doi:{{10.1145/3.x}}", ("doi", "10.1145/3.x")),
        ("doi: doi:10.1145/3.x", ("doi", "10.1145/3.x")),
        ("https://dl.acm.org/doi/abs/10.1145/3.x", ("doi", "10.1145/3.x")),
        ("https://doi.org/10.18653/v1/p19-1017", ("acl", "P19-1017")),
        ("https://doi.org/10.18653/V1/2024.ACL-LONG.9", ("acl", "2024.acl-long.9")),
        ("https://www.aclweb.org/anthology/P19-1017/", ("acl", "P19-1017")),
        ("http://aclweb.org/anthology/P/P19/P19-1017.pdf", ("acl", "P19-1017")),
        ("acl:p19-1017", ("acl", "P19-1017")),
        ("https://arxiv.org/list/cs", None),
    ],
)
def test_an_identifier_is_found_in_a_text_or_an_address(text: str, expected: tuple[str, str] | None) -> None:
    assert read_identifier(text) == expected


PAGES = {
    "https://proceedings.mlr.press/v97/reef19a.html": ("pmlr", "v97/reef19a"),
    "http://proceedings.mlr.press/v97/reef19a/reef19a.pdf": ("pmlr", "v97/reef19a"),
    "https://proceedings.mlr.press/v202/reef-ost23a.html": ("pmlr", "v202/reef-ost23a"),
    "https://raw.githubusercontent.com/mlresearch/v235/main/assets/reef24a/reef24a.pdf": ("pmlr", "v235/reef24a"),
    "https://openaccess.thecvf.com/content/CVPR2023/html/Reef_Ropes_CVPR_2023_paper.html": (
        "cvf",
        "content/CVPR2023/html/Reef_Ropes_CVPR_2023_paper.html",
    ),
    "https://openaccess.thecvf.com/content_cvpr_2018/papers/Reef_Ropes_CVPR_2018_paper.pdf": (
        "cvf",
        "content_cvpr_2018/html/Reef_Ropes_CVPR_2018_paper.html",
    ),
    "https://openaccess.thecvf.com/content/CVPR2023W/X/papers/Reef_Ropes_CVPRW_2023_paper.pdf": (
        "cvf",
        "content/CVPR2023W/X/html/Reef_Ropes_CVPRW_2023_paper.html",
    ),
    f"https://papers.nips.cc/paper_files/paper/2023/hash/{'0a' * 16}-Abstract-Conference.html": (
        "neurips",
        f"paper_files/paper/2023/hash/{'0a' * 16}-Abstract-Conference.html",
    ),
    f"https://proceedings.neurips.cc/paper/2020/file/{'0a' * 16}-Paper.pdf": (
        "neurips",
        f"paper/2020/hash/{'0a' * 16}-Abstract.html",
    ),
    "https://papers.nips.cc/paper/7181-ropes-are-all-you-need": ("neurips", "paper/7181-ropes-are-all-you-need"),
    "https://proceedings.mlr.press/v97/": None,
    "https://evil.example/v97/reef19a.html": None,
    "v97/reef19a": None,
}


@pytest.mark.parametrize("address", PAGES)
def test_an_address_in_proceedings_leads_to_the_page_of_the_paper(address: str) -> None:
    assert proceedings_page(address) == PAGES[address]
    assert read_identifier(address) is None
