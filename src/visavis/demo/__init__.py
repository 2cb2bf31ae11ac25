"""A whole small summit with fictional delegations, made the way real ones make theirs.

Not here: the server (app), the seats that robots take (robots).
Words: cast, seat, link.
"""
