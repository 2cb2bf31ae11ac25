"""What clients are told: numbered events, written in the transaction that makes them true.

Not here: how they reach a socket (realtime), and the record of who did it (audit).
Words: event, number, slice, party.
"""
