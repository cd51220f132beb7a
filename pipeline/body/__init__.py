"""Which lines of a page are its body: features, networks, and what they say among the rules."""
