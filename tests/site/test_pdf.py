"""The book on paper."""

import pdf


def test_every_picture_of_the_book_shows_in_the_pdf(browser, site_folder, tmp_path):
    drawn, wanted = pdf.print_book(browser, tmp_path / "book.pdf")
    assert drawn == wanted > 8
    assert (tmp_path / "book.pdf").read_bytes().startswith(b"%PDF-")


def test_the_pdf_holds_every_chapter_and_lab_but_no_solution():
    pages = pdf.pages()
    assert "notebooks/01_the_till_and_the_queue.html" in pages
    assert "labs/01_the_till_and_the_queue/lab.html" in pages
    assert not any("solution" in page for page in pages)
