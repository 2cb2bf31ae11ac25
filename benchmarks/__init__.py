"""Figures, each as a ratio against a peer in the same run. `make bench BENCH=name` prints one JSON object a figure."""
