"""The socket: snapshot, numbered events, resuming, and what a slow or silent client gets."""
