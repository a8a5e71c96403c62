"""Doors for each kind of user; assembly only."""
