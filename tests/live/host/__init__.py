"""A host that nobody should trust: what it passes on, and what it makes of it."""
