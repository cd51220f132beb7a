"""Who wrote and who published a page, what it is called, and on which days."""
