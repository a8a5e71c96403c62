"""Pages of the officers' portal."""
