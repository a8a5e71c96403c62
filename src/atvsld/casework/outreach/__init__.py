"""Communication: events, materials, press items."""
