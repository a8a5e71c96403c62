"""The only writers of places, besides the reference data."""
