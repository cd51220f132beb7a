"""What a page is made of: its article, its boxes, its sections, its lists."""
