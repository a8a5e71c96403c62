"""Dialogues, social supervision, sittings of councils."""
