"""Administrative units as dated nodes with succession edges."""
