"""The part of the case page that lists its papers."""
