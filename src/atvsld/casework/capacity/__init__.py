"""Officials, networks of OSH representatives, studies, initiatives, cooperation."""
