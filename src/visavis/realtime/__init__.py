"""Pushes to clients what became true: one socket a client, a snapshot, then numbered events.

Not here: what an event says (summits.views) and which there are (events.catalogue).
Words: hello, snapshot, number, resume, heartbeat, fanout.
"""
