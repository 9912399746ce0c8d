"""A site that was built in portions is the site that was built at once, or is not built at all."""

import json
import shutil
from pathlib import Path

import pytest

from generator import cli
from generator.commands import build, join
from generator.commands.stages import Stages
from generator.model.portion import Portion
from tests.conftest import ROOT, TOY


@pytest.fixture(autouse=True)
def _in_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for module in (build, join):
        monkeypatch.setattr(module, "DOCS", tmp_path / "docs")


def _portions(folder: Path, number: int, content: Path = TOY) -> list[Path]:
    made = []
    for at in range(number):
        order = build.Order(content, folder / str(at), strict=True)
        assert build.run_portion(order, Stages(), Portion(at, number)) == 0
        made.append(order.site)
    return made


def _files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    site = tmp_path_factory.mktemp("whole") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setattr(build, "DOCS", site.parent / "docs")
        assert build.run(build.Order(TOY, site, strict=True)) == 0
    return _files(site)


@pytest.mark.parametrize("number", [1, 2, 4])
def test_joined_portions_are_the_whole_site(number: int, whole: dict[str, bytes], tmp_path: Path) -> None:
    parts = _portions(tmp_path / "parts", number)
    order = build.Order(TOY, tmp_path / "site", strict=True)
    assert join.run(order, Stages(), list(reversed(parts))) == 0
    assert _files(order.site) == whole
    papers = [{path for path in _files(part) if path.startswith("site/papers/")} for part in parts]
    assert all(papers)
    assert sum(map(len, papers)) == len(set().union(*papers))


def test_what_does_not_go_together_is_refused_and_the_old_site_stays(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = _portions(tmp_path / "parts", 2, content)
    order = build.Order(content, tmp_path / "site", strict=True)
    order.site.mkdir()
    (order.site / "index.html").write_text("old", "utf-8")

    def refused(*given: Path) -> str:
        assert join.run(order, Stages(), given) == 1
        assert _files(order.site) == {"index.html": b"old"}
        return capsys.readouterr().err

    assert "not all 2 portions of a site: 2/2 is missing" in refused(parts[0])
    assert "one is given twice" in refused(parts[0], parts[1], shutil.copytree(parts[1], tmp_path / "again"))
    assert "no portion of a site is here" in refused(parts[0], tmp_path / "nowhere")
    told = parts[1] / "portion.json"
    text = told.read_text("utf-8")
    for spoilt in (text[:-30], "[]", json.dumps({**json.loads(text), "pages": 3})):
        told.write_text(spoilt, "utf-8")
        assert "no portion of a site is here" in refused(*parts)
    told.write_text(text, "utf-8")
    (parts[1] / "site/papers/zhu2025dogs/index.html").unlink(missing_ok=True)
    (parts[0] / "site/papers/zhu2025dogs/index.html").unlink(missing_ok=True)
    assert "papers/zhu2025dogs/index.html is missing" in refused(*parts)
    (content / "pages/about.md").write_text("# Another\n", "utf-8")
    assert "was built from other content" in refused(*parts)


def test_what_portions_leave_lying_is_not_published(tmp_path: Path, whole: dict[str, bytes]) -> None:
    """A portion that is unpacked over an older one has files of papers that were taken down since; join runs again."""
    parts = _portions(tmp_path / "parts", 2)
    (parts[0] / "site/papers/gone2024").mkdir()
    (parts[0] / "site/papers/gone2024/index.html").write_text("taken down", "utf-8")
    order = build.Order(TOY, tmp_path / "site", strict=True)
    for _ in range(2):
        assert join.run(order, Stages(), parts) == 0
        assert _files(order.site) == whole
        shutil.rmtree(order.site)


def test_a_portion_tells_of_the_content_before_it_was_read(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else what is edited during the build would pass for built."""
    order = build.Order(content, tmp_path / "part", strict=True)
    before, opened = order.made_from(), build.open_project

    def edited_after(*arguments: object, **named: object) -> object:
        project = opened(*arguments, **named)  # type: ignore[arg-type]
        (content / "pages/about.md").write_text("# Another\n", "utf-8")
        return project

    monkeypatch.setattr(build, "open_project", edited_after)
    assert build.run_portion(order, Stages(), Portion(0, 2)) == 0
    assert json.loads((order.site / "portion.json").read_bytes())["made_from"] == before
    assert order.made_from() != before


def test_faults_of_the_content_stop_a_portion(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (content / "papers/conf-2025/zhu2025dogs.yaml").write_text("title: [", "utf-8")
    assert build.run_portion(build.Order(content, tmp_path / "part", strict=True), Stages(), Portion(0, 2)) == 1
    assert "nothing was built" in capsys.readouterr().err
    assert not (tmp_path / "part").exists()


@pytest.mark.parametrize("wrong", ["0/2", "3/2", "2", "a/b", "1/100"])
def test_a_portion_is_named_by_two_numbers(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["build", "--part", wrong])
    assert left.value.code == 2
    assert "the second of four is 2/4" in capsys.readouterr().err
