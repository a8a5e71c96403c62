from atvsld.casework.dialogues.actions.recommending import answer, recommend

__all__ = ["answer", "recommend"]
