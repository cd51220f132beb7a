"""The model that says what a segment is."""
