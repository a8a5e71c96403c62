"""Messages to people: an inbox that always holds them, and e-mail where it is set up. None is sent twice."""
