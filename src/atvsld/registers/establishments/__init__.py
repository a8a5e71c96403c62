"""Establishments, their identifiers, activity and workforce."""
