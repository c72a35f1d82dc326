"""The part of the book's English that a program can see."""

import english
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook


@pytest.mark.parametrize("word", ["What", "How", "Whether", "Who", "Where", "Why", "When"])
def test_a_docstring_that_opens_with_an_interrogative_is_named_with_its_line(word):
    source = f'def wait(day):\n    """{word} the line is."""\n'
    assert list(english.docstrings_that_ask(source)) == [
        f"line 2: the docstring opens with “{word}”: begin with a verb or a noun"
    ]
    assert list(english.docstrings_that_ask(source.replace(word, "The length of what"))) == []


@pytest.mark.parametrize(
    "text",
    [
        "Who has hung up is not called back.",
        "The till is free. Whoever comes now is served.",
        "- *What is left* stays there.\n- Nothing.",
        "1. Whatever breaks stays on one side.",
        "| store |\n|---|\n| Who falls is started anew. |",
        "See [the lab](lab.ipynb).\n\nWhat comes out\nstands below.",
    ],
)
def test_a_sentence_without_a_head_is_named(text):
    (fault,) = english.sentences_without_a_head(text)
    assert "has no subject" in fault


@pytest.mark.parametrize(
    "text",
    [
        "Who hears the crash? Nobody.",
        "## What to remember\n\nA fact.",
        "A customer who has hung up is not called back.",
        "See [3. Who hears the crash](03.ipynb).",
        "> Who has hung up is not called back.",
        "`What` is a word. “Who calls is held back.”",
        *english.KEPT,
    ],
)
def test_a_question_a_title_and_a_quotation_are_none(text):
    assert list(english.sentences_without_a_head(text)) == []


@pytest.mark.parametrize(
    "source",
    [
        "# belief: who traps survives",
        "# Whoever comes now is served",
        'LINES = 3\n"""The lines. What comes out stands below."""',
        "print(f'{2} came. Who leaves must leave it free')",
    ],
)
def test_a_comment_or_a_text_of_python_without_a_head_is_named_with_its_line(source):
    (fault,) = english.words_without_a_head(source)
    assert fault.startswith("line ") and "has no subject" in fault


def test_a_label_a_question_and_a_word_of_python_are_none():
    source = "# what a shell gives\n# who is it?\nx = {'What': 1}\nprint('Who hears the crash? Nobody.')\n"
    assert list(english.words_without_a_head(source)) == []


def test_the_book_says_who_does_what():
    assert english.faults() == []


def test_docstrings_of_notebooks_and_guides_are_read_too(tmp_path, monkeypatch):
    monkeypatch.setattr(english, "ROOT", tmp_path)
    (tmp_path / "labs" / "06_two").mkdir(parents=True)
    (tmp_path / "labs" / "README.md").write_text("What comes out stands below.", encoding="utf-8")
    cell = new_code_cell('class Links:\n    """Who is linked to whom."""', id="links")
    magic = new_code_cell("%%time\nlinks()", id="timed")
    nbformat.write(new_notebook(cells=[cell, magic]), tmp_path / "labs" / "06_two" / "solution.ipynb")
    in_the_lab, in_the_guide = english.faults()
    assert in_the_lab.startswith("labs/06_two/solution.ipynb: cell links, line 2: the docstring opens with “Who”")
    assert in_the_guide.startswith("labs/README.md: “What comes out")
