"""The printed contract: it is the code's, and both languages agree on its vectors."""
