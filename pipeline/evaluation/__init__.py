"""A run against gold annotations and against corrections."""
