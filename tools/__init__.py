"""House checks and printers that no ready tool does; each runs as `python -m tools.<name>`."""
