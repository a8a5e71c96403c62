"""Commendations and good models."""
