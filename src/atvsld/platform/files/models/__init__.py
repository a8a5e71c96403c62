from atvsld.platform.files.models.stored_file import SealedContent, StoredFile

__all__ = ["SealedContent", "StoredFile"]
