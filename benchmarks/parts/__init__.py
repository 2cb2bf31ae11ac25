"""What the figures share: trials in turn, the sums, the pages and servers that are compared."""
