"""Views over accident cases: work lists, statistical books, map; inviting agencies, passing on, joining two."""
