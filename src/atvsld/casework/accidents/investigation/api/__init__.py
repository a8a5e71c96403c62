"""Investigations for other systems."""
