"""Offices: which person holds which role for which body, place or establishment, from when to when."""
