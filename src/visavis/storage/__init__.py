"""Keeps what must outlive the process: one database, SQLite or PostgreSQL, one writer at a time.

Not here: what the tables mean (each subject's `store` does).
Words: database, transaction, migration.
"""
