"""Bodies as dated nodes with the functions they hold."""
