"""Assembly of the product: settings, addresses, command line, demo province."""
