"""Reports of 5 and 15 January, drafted from the record."""
