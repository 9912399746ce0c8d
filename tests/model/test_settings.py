"""The settings, and what becomes of plugins."""

import pytest

from generator.model.settings import IGNORED_PLUGINS, SLOW_PLUGINS, Settings, plugin_name


@pytest.mark.parametrize(
    ("plugin", "name"), [("tags", "tags"), ("material/tags", "tags"), ("a/b/minify", "minify"), ("", "")]
)
def test_a_plugin_is_known_without_its_namespace(plugin: str, name: str) -> None:
    assert plugin_name(plugin) == name


def test_no_plugin_is_both_ignored_and_slow() -> None:
    assert not IGNORED_PLUGINS.keys() & SLOW_PLUGINS.keys()


def test_a_digest_without_settings_has_feeds_cards_and_no_mail() -> None:
    settings = Settings(name="Toy", description="", site_url="https://toy.example/", repository="", language="en")
    assert (settings.feeds_from, settings.social_cards, settings.mail_from) == (3, True, "")
    assert (settings.founded, settings.preview, settings.words.language) == (None, False, "en")
