"""A page in HTML: its text, a block element a line, and what its markup says."""
