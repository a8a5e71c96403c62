"""Shared nouns of the field: places, bodies, establishments, offices."""
