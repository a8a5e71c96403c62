"""Occupational accidents: cases, victims, costs."""
