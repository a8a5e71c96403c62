"""Declarations and first notices of accidents: what somebody told, when, through what, and the receipt for it."""
