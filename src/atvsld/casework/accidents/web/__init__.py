"""Pages of accident cases."""
