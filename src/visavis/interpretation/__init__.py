"""What a meeting's interpretation is agreed to be: its channels and its booths.

Not here: what interpreters do while they work, which is sealed and never comes to the server (docs/interpretation.md).
Words: channel, booth, arrangement, proposed arrangement.
"""
