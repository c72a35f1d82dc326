"""Work travels in one file, whole or not at all, and nothing that was there is lost."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letitcrash.classroom import restore_work, save_work
from letitcrash.classroom.work import NotWork, answer, bring_back, pack, unpack

LAB = "labs/01_the_till_and_the_queue/lab.ipynb"


def notebook(source: str, kernel: str = "python3") -> str:
    cell = {"cell_type": "code", "id": "one", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
    metadata = {"kernelspec": {"name": kernel, "display_name": "Python 3", "language": "python"}}
    return json.dumps({"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def shop(tmp_path):
    """A folder with a lab and a kept part."""
    (tmp_path / LAB).parent.mkdir(parents=True)
    (tmp_path / LAB).write_text(notebook("mine = 'é'"), encoding="utf-8")
    (tmp_path / ".letitcrash").mkdir()
    (tmp_path / ".letitcrash/erlang_b-1.py").write_text("# kept\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def elsewhere(tmp_path_factory):
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "labs").mkdir()
    return folder


def test_work_comes_back_as_it_was_saved(shop, elsewhere):
    text = pack({"letitcrash/bet": "7"}, shop)
    bring_back(text, elsewhere)
    assert json.loads(pack({"letitcrash/bet": "7"}, elsewhere)) == json.loads(text)


def test_bringing_work_back_twice_changes_nothing_more(shop, elsewhere):
    assert len(bring_back(pack(root=shop), elsewhere)) == 2
    assert bring_back(pack(root=shop), elsewhere) == []


def test_a_notebook_that_differs_is_set_aside_each_time(shop, elsewhere):
    (elsewhere / LAB).parent.mkdir(parents=True)
    for number in ("", "-2"):
        (elsewhere / LAB).write_text(notebook(f"theirs{number}"))
        said = bring_back(pack(root=shop), elsewhere)
        aside = elsewhere / f".letitcrash/before/labs/01_the_till_and_the_queue/lab{number}.ipynb"
        assert f"theirs{number}" in aside.read_text()
        assert aside.relative_to(elsewhere).as_posix() in " ".join(said)
    assert "mine" in (elsewhere / LAB).read_text()


def test_a_notebook_from_the_browser_gets_this_machines_kernel(shop, elsewhere):
    (shop / LAB).write_text(notebook("x", kernel="python"))
    bring_back(pack(root=shop), elsewhere)
    assert json.loads((elsewhere / LAB).read_text())["metadata"]["kernelspec"]["name"] == "python3"


def test_a_notebook_that_is_no_json_is_carried_as_text(shop, elsewhere):
    (shop / LAB).write_text("<<<<<<< mine\n")
    bring_back(pack(root=shop), elsewhere)
    assert (elsewhere / LAB).read_text() == "<<<<<<< mine\n"


GOOD = {"letitcrash": "work", "version": 1, "files": {"a.ipynb": {"format": "text", "content": ""}}, "bets": {}}


@pytest.mark.parametrize(
    "text, word",
    [
        ("", "damaged"),
        (json.dumps(GOOD)[:40], "damaged"),
        ("[]", "another kind"),
        ('{"cells": []}', "another kind"),
        (json.dumps({**GOOD, "version": 2}), "version 2"),
        (json.dumps({**GOOD, "files": []}), "no list of files"),
        (json.dumps({**GOOD, "files": {"a.ipynb": {"format": "json", "content": "x"}}}), "cannot be read"),
        (json.dumps({**GOOD, "files": {"../x": {"format": "text", "content": ""}}}), "outside"),
        (json.dumps({**GOOD, "files": {"/etc/x": {"format": "text", "content": ""}}}), "outside"),
        (json.dumps({**GOOD, "files": {"a/../../x": {"format": "text", "content": ""}}}), "outside"),
        (json.dumps({**GOOD, "files": {"c:x": {"format": "text", "content": ""}}}), "outside"),
    ],
)
def test_a_file_that_is_no_work_is_refused_in_words_and_changes_nothing(text, word, elsewhere):
    with pytest.raises(NotWork, match=word):
        bring_back(text, elsewhere)
    assert [path.name for path in elsewhere.rglob("*")] == ["labs"]
    assert word in answer({"ask": "bring", "text": text})["problem"]


@given(st.text())
def test_any_text_is_work_or_is_refused_in_words(text):
    with pytest.raises(NotWork):
        unpack(text)


def test_saving_twice_keeps_the_first_file(shop, monkeypatch, capsys):
    monkeypatch.chdir(shop)
    assert [save_work().name, save_work().name] == ["my-work.json", "my-work-2.json"]
    restore_work("my-work.json")
    assert "here already" in capsys.readouterr().out


def test_a_missing_or_binary_file_is_told_not_raised(shop, monkeypatch, capsys):
    monkeypatch.chdir(shop)
    (shop / "picture.json").write_bytes(b"\x89PNG\xff")
    restore_work("nowhere.json")
    restore_work("picture.json")
    assert capsys.readouterr().out.count("Nothing here was lost") == 2
