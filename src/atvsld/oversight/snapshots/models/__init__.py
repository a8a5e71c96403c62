from atvsld.oversight.snapshots.models.fact import FrozenFact
from atvsld.oversight.snapshots.models.revision import ReportRevision
from atvsld.oversight.snapshots.models.snapshot import ReportSnapshot, SnapshotCheck, SnapshotContent, SnapshotFile

__all__ = ["FrozenFact", "ReportRevision", "ReportSnapshot", "SnapshotCheck", "SnapshotContent", "SnapshotFile"]
