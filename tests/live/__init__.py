"""Scenes with real parts: the product as a process, its SFU, and members in real Chromium."""
