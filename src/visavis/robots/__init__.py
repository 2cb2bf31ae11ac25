"""Members for a demonstration: they sit in headless Chromium, look like drawings, speak with espeak-ng's voices.

A robot uses the same client, link and buttons as a person; nothing in the server knows that it is one. Not here: load.
Words: robot, portrait, voice, line, scene.
"""
