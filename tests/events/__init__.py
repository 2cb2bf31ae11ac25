"""The outbox: numbers without gaps, and only for whom an event is meant."""
