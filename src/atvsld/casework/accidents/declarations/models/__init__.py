from atvsld.casework.accidents.declarations.models.case_match import CaseMatch
from atvsld.casework.accidents.declarations.models.declaration import Channel, Declaration, Kind
from atvsld.casework.accidents.declarations.models.declaration_draft import DeclarationDraft
from atvsld.casework.accidents.declarations.models.receipt import Receipt

__all__ = ["CaseMatch", "Channel", "Declaration", "DeclarationDraft", "Kind", "Receipt"]
