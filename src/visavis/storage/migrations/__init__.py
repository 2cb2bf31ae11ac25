"""How the tables came to be: one file in `versions` for each step, forward only, for SQLite and PostgreSQL alike.

A step is never changed once released; the next one mends it. Each says what it locks.
Words: step, head.
"""
