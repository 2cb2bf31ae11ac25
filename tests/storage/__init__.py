"""The database and the transaction: all or nothing, one writer, on both databases."""
