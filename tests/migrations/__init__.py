"""The schema from empty, on both databases; a newer one is refused."""
