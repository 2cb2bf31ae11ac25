"""The log of what was done: hash-chained per summit, written in the transaction that does it.

Not here: what clients are told (events). Nothing is ever changed or taken out.
Words: action, entry, seal, chain.
"""
