"""Figures, each as a ratio against a peer in the same run. `make bench BENCH=name` prints one JSON object a figure.

Beside the figures, `table` turns them into the table of docs/benchmarks.md; what they share is in `parts`.
"""
