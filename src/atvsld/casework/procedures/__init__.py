"""Administrative procedures: published steps, statutory and measured time."""
