"""HTTP: thin, no decisions. Parses what comes in, calls one use case, lists field by field what goes out.

Not here: rules (the subjects have them), sockets (realtime), the order of words on a screen (the client).
Words: route, door, actor, problem, house.
"""
