"""The log's chain: what is sealed is found again, and what was changed is named."""
