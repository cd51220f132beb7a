"""Readers, and the one writer."""
