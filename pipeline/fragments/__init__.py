"""Leftovers: stretches in another language or script than their host, and of what kind they are."""
