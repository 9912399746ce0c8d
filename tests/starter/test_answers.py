"""Answers for a new digest, and the settings made of them."""

from dataclasses import replace

import pytest

from generator.starter.answers import LICENSES, default_address, default_name, settings_text
from generator.text.escape import for_front_matter
from tests.conftest import ROOT
from tests.support.new_digest import ANSWERS


@pytest.mark.parametrize(
    ("repository", "address"),
    [
        ("https://github.com/Acme/my-digest", "https://acme.github.io/my-digest/"),
        ("https://github.com/acme/acme.github.io", "https://acme.github.io/"),
        ("https://gitlab.com/acme/d", "https://acme.gitlab.io/d/"),
        ("", "https://my-digest.example/"),
    ],
)
def test_the_default_address_is_that_of_the_host_of_the_code(repository: str, address: str) -> None:
    assert default_address(repository, "my-digest") == address


def test_the_default_name_comes_from_the_folder() -> None:
    assert [default_name(name) for name in ("my-digest", "NLP_papers", "--")] == [
        "My Digest",
        "NLP Papers",
        "Paper digest",
    ]


def test_a_settings_template_without_a_setting_is_refused() -> None:
    with pytest.raises(ValueError, match=r"lacks .*extra\.license, "):
        settings_text("site_name: x\nextra:\n  language: en\n", ANSWERS)


def test_every_license_has_an_address() -> None:
    assert all(address.startswith("https://") for address in LICENSES.values())


def test_settings_contain_the_answers_and_keep_comments() -> None:
    text = settings_text((ROOT / "mkdocs.yml").read_text("utf-8"), replace(ANSWERS, logo="logo.svg"))
    assert 'site_name: "Our *Digest* {{ x }}"' in text
    assert "  logo: logo.svg\n  favicon: logo.svg\n" in text
    assert f"  accent: {for_front_matter('#0b5fff')}\n" in text
    assert "extra_css:\n  - assets/stylesheets/own.css\n" in text
    comments = [line for line in text.splitlines() if line.lstrip().startswith("#")]
    assert len(comments) > 20
    assert not any("paper-digest.example" in line for line in comments)


@pytest.mark.parametrize(
    ("address", "authority"),
    [("https://ours.example/", "ours.example,2026"), ("https://x.example/a/b/", "x.example,2026:a-b")],
)
def test_digests_on_one_host_have_different_authorities(address: str, authority: str) -> None:
    text = settings_text((ROOT / "mkdocs.yml").read_text("utf-8"), replace(ANSWERS, address=address))
    assert f"  tag_authority: {for_front_matter(authority)}\n" in text
