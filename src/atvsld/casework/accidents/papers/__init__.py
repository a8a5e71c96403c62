"""The papers of an accident case, from the declaration to the letter that sends the minutes."""
