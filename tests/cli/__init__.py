"""What an operator and a desk type, as processes, with the words they read."""
