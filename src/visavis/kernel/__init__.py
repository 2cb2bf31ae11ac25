"""The few words all subjects share. Imports nothing of ours and does no input or output.

Not here: anything that knows what a summit is.
Words: code, refused, outage, clock, chance, secret, canonical form.
"""
