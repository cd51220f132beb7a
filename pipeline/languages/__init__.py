"""Which language and script a line is in."""
