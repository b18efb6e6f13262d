"""The pseudonymous tables of casework: codes, stages, needs, help. No name is here."""

from panoh.casework.models.absences import Absence
from panoh.casework.models.alarms import Alarm
from panoh.casework.models.approvals import Approval, Transfer
from panoh.casework.models.arrivals import (
    ArrivalList,
    ArrivalRow,
    ColumnMemory,
    Reception,
    ReceptionEntry,
    TracingRequest,
)
from panoh.casework.models.care import Assessment, Assistance, Need, Note, PlanItem, Task, Visit
from panoh.casework.models.cases import Case, StageChange
from panoh.casework.models.conferences import Conference, ConferencePoint, Participant
from panoh.casework.models.consents import Consent, ConsentTerms
from panoh.casework.models.contacts import SafeContact
from panoh.casework.models.directory import Offer, Via
from panoh.casework.models.emergencies import Emergency
from panoh.casework.models.exports import Export
from panoh.casework.models.following import FadeOut, LookAgain
from panoh.casework.models.forgetting import Forgetting
from panoh.casework.models.grants import Grant, Withhold
from panoh.casework.models.guardianships import Guardianship
from panoh.casework.models.handing import HandOverAbroad, TracingQuestion
from panoh.casework.models.history import FieldChange
from panoh.casework.models.interests import Arrangement, Determination, PanelMember
from panoh.casework.models.interviews import Interview
from panoh.casework.models.joining import Merge, Suggestion
from panoh.casework.models.journeys import HandOver, Hypothesis, Journey, KinshipTest
from panoh.casework.models.lawful import LawfulRequest, LawfulReview
from panoh.casework.models.notices import CalendarFeed, Notice, NoticeKind, NoticeWish
from panoh.casework.models.papers import LegalFile, LegalStep, PaperHeld, PaperPicture
from panoh.casework.models.parting import FamilyChange, Whereabouts
from panoh.casework.models.people import Family, Membership, Person, Relationship
from panoh.casework.models.placements import CareDecision, Placement, PlacementReview
from panoh.casework.models.planning import AssessedDomain, PlanLine, PlanSignature, PlanVersion
from panoh.casework.models.programmes import Programme
from panoh.casework.models.referrals import Referral, ServiceRefusal, Slip
from panoh.casework.models.retention import Disposal, DisposalItem, RetentionHold
from panoh.casework.models.rights import AskCode, Complaint, ComplaintAbout, Correction, DoorAnswer, RightsRequest

__all__ = [
    "Absence",
    "Alarm",
    "Approval",
    "Arrangement",
    "ArrivalList",
    "ArrivalRow",
    "AskCode",
    "AssessedDomain",
    "Assessment",
    "Assistance",
    "CalendarFeed",
    "CareDecision",
    "Case",
    "ColumnMemory",
    "Complaint",
    "ComplaintAbout",
    "Conference",
    "ConferencePoint",
    "Consent",
    "ConsentTerms",
    "Correction",
    "Determination",
    "Disposal",
    "DisposalItem",
    "DoorAnswer",
    "Emergency",
    "Export",
    "FadeOut",
    "Family",
    "FamilyChange",
    "FieldChange",
    "Forgetting",
    "Grant",
    "Guardianship",
    "HandOver",
    "HandOverAbroad",
    "Hypothesis",
    "Interview",
    "Journey",
    "KinshipTest",
    "LawfulRequest",
    "LawfulReview",
    "LegalFile",
    "LegalStep",
    "LookAgain",
    "Membership",
    "Merge",
    "Need",
    "Note",
    "Notice",
    "NoticeKind",
    "NoticeWish",
    "Offer",
    "PanelMember",
    "PaperHeld",
    "PaperPicture",
    "Participant",
    "Person",
    "Placement",
    "PlacementReview",
    "PlanItem",
    "PlanLine",
    "PlanSignature",
    "PlanVersion",
    "Programme",
    "Reception",
    "ReceptionEntry",
    "Referral",
    "Relationship",
    "RetentionHold",
    "RightsRequest",
    "SafeContact",
    "ServiceRefusal",
    "Slip",
    "StageChange",
    "Suggestion",
    "Task",
    "TracingQuestion",
    "TracingRequest",
    "Transfer",
    "Via",
    "Visit",
    "Whereabouts",
    "Withhold",
]  # fmt: skip
