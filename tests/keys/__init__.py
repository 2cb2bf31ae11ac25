"""Tests of the keys' delivery."""
