from atvsld.oversight.publication.models.notice import Notice

__all__ = ["Notice"]
