"""What a line says by itself: its shape, its sentences, its stamps, the numbers that stand for it."""
