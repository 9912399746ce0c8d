"""The hash of a build's inputs changes with everything that the site is made from, and with nothing else."""

import shutil
from pathlib import Path

import pytest

from generator.commands.build_options import BuildOptions
from tests.conftest import ROOT


@pytest.fixture
def options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BuildOptions:
    """The options for a project of few files."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    for name in ("content/topics/cats.yaml", "theme/pages/paper.md.j2"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("a", "utf-8")
    return BuildOptions(Path("content"), Path("site"))


@pytest.mark.parametrize("name", ["content/topics/cats.yaml", "theme/pages/paper.md.j2", "mkdocs.yml"])
def test_an_edited_file_changes_the_hash(name: str, options: BuildOptions) -> None:
    before = options.input_hash()
    text = Path(name).read_text("utf-8")
    Path(name).write_text(f"{text}#", "utf-8")
    assert options.input_hash() != before
    Path(name).write_text(text, "utf-8")
    assert options.input_hash() == before


def test_each_option_changes_the_hash(options: BuildOptions) -> None:
    others = [options._replace(strict=True), options._replace(quarantine=True), options._replace(preview=True)]
    assert len({other.input_hash() for other in [options, *others]}) == 4


def test_the_target_and_other_files_do_not_change_the_hash(options: BuildOptions) -> None:
    before = options.input_hash()
    Path("README.md").touch()
    assert options._replace(site=Path("elsewhere")).input_hash() == before


def test_settings_that_are_inherited_change_the_hash(options: BuildOptions) -> None:
    Path("base.yml").write_text("site_name: A\n", "utf-8")
    Path("mkdocs.yml").write_text("INHERIT: base.yml\n", "utf-8")
    before = options.input_hash()
    Path("base.yml").write_text("site_name: B\n", "utf-8")
    assert options.input_hash() != before


def test_the_target_of_a_link_in_the_content_is_not_read(options: BuildOptions, tmp_path: Path) -> None:
    (tmp_path / "outside").write_text("a", "utf-8")
    Path("content/link").symlink_to(tmp_path / "outside")
    before = options.input_hash()
    (tmp_path / "outside").write_text("b", "utf-8")
    assert options.input_hash() == before
