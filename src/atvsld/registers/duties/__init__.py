"""Duties: what must be done by whom by when; who is told, and what happens when it is late."""
