"""Channels and booths: what may stand, who fixes it, and what each party is told."""
