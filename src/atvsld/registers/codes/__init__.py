"""Code lists of the law book as people look them up: versions, search, maps between versions."""
