"""Pages about people and their offices."""
