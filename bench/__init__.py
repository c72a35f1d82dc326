"""How fast is it, side by side with others: `python -m bench`, or `make bench`."""
