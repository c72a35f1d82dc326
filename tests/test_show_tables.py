"""A table of words is the same as Markdown and as text, and refuses rows that do not fit."""

import pytest

from letitcrash.show.tables import table


def test_a_table_is_markdown_for_the_page_and_aligned_text_elsewhere():
    shown = table(["reason", "effect"], [["kill", "exits"], [7, "nothing"]])._repr_mimebundle_()
    assert shown["text/markdown"] == "| reason | effect |\n| --- | --- |\n| kill | exits |\n| 7 | nothing |\n"
    assert shown["text/plain"] == "reason  effect\nkill    exits\n7       nothing"


@pytest.mark.parametrize(("head", "rows"), [(["a", "b"], [["only one"]]), (["a", " "], [])])
def test_a_row_that_does_not_fit_is_refused(head, rows):
    with pytest.raises(ValueError, match=r"a cell for each|has a name"):
        table(head, rows)
