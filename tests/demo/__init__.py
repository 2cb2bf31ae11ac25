"""The demonstration's ports. That it runs as a whole, the scenes of tests/live and tests/cli show."""
