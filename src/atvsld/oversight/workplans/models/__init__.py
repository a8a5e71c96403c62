from atvsld.oversight.workplans.models.evidence import TaskEvidence
from atvsld.oversight.workplans.models.plan import WorkPlan
from atvsld.oversight.workplans.models.talk import HelpRequest, Remark
from atvsld.oversight.workplans.models.task import Progress, Task, TaskHolding, TaskSupport

__all__ = ["HelpRequest", "Progress", "Remark", "Task", "TaskEvidence", "TaskHolding", "TaskSupport", "WorkPlan"]
