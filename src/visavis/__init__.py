"""Visavis: virtual summits for delegations that trust neither each other nor the host."""

from importlib.metadata import version

__version__ = version("visavis")
