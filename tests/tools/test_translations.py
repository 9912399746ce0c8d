"""The collection of interface texts."""

from tools.translations import texts, updated_language

HEAD = 'msgid ""\nmsgstr ""\n"Language: xx\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"'


def test_new_texts_have_no_translation_and_unused_ones_are_removed() -> None:
    old = f'{HEAD}\n\nmsgid "Archive"\nmsgstr "Archiv"\n\nmsgid "Never used"\nmsgstr "Nie"\n'.encode()
    new = updated_language(old).decode()
    assert 'msgid "Archive"\nmsgstr "Archiv"' in new
    assert "Never used" not in new
    assert 'msgid "Statistics"\nmsgstr ""' in new
    assert updated_language(new.encode()).decode() == new


def test_texts_of_templates_modules_scripts_and_settings_are_collected() -> None:
    endings = {text.path.rpartition(".")[2] for text in texts()}
    assert {"j2", "html", "py", "js", "yml"} <= endings
    assert any(text.plural for text in texts())
