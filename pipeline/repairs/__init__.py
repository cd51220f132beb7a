"""What a leftover could be in the language around it."""
