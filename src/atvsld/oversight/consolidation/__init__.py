"""Reports of reporters added up into the report of the body above them, beside what the registers say."""
