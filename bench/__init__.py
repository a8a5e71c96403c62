"""Measurements: ratios and rates, never pass or fail."""
