"""People and service clients who sign in."""
