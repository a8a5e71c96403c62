"""Files that people hand in or the system issues: kept sealed in the database, known by their hash, never changed."""
