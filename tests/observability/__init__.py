"""Logs, figures and health: what they tell, and that no secret is among it."""
