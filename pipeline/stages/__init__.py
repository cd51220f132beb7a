"""One transform a file; each is a pure function `Document -> Document`."""
