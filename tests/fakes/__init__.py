"""Stand-ins for the world. Each passes the same tests as the real thing it stands for."""
