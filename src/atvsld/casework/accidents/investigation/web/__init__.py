"""Pages of investigations."""
