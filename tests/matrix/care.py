"""Inputs for what is recorded of the care of children: each is one that the step takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from panoh.access.clock import today
from panoh.access.models import Agency

VIEW = {"own_view": "Here."}
PICTURE = {"file": lambda: SimpleUploadedFile("a.pdf", b"%PDF-1.4")}
KIN = {"kind": "parents", **VIEW}


def pages(child: str, agency: Agency, elsewhere: str, codes: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return the input of each page about a child of a family."""
    day, home = today().isoformat(), "families/<str:code>"
    one, mother = f"{home}/placements/<int:number>", codes.get("people", "")
    paper, person = f"{home}/papers/<int:number>", "people/<str:code>"
    return {
        f"{home}/absent/": {},
        f"{home}/care-decisions/<int:number>/": {"outcome": "3", **VIEW},
        f"{home}/placements/new/": {"child": child, "with_person": mother, **KIN},
        f"{one}/study/": {"on": day, "outcome": "fits"},
        f"{one}/agreement/": {"on": day},
        f"{one}/apart/": {"because": "own_wish", "again_on": day},
        f"{one}/approve/": {},
        f"{one}/begin/": {"on": day},
        f"{one}/review/": {"on": day, **VIEW},
        f"{one}/end/": {"on": day, "because": "other"},
        f"{one}/drop/": {"because": "other"},
        f"{home}/guardianships/new/": {
            "child": child, "form": "1", "with_person": mother, "authority": agency.pk, "decided_on": day,
        },
        f"{home}/guardianships/<int:number>/end/": {"on": day, "because": "other"},
        f"{home}/papers/new/": {"person": child, "kind": "passport", "on": day},
        f"{paper}/step/": {"step": "applied", "on": day},
        f"{paper}/document/": {"number": "I-AB 1"},
        f"{paper}/held/": {"holder": "1", "on": day},
        f"{paper}/pictures/new/": PICTURE,
        f"{person}/hypotheses/new/": {"source": "relative", "sureness": "3", "name": "Ona", "on": day},
        f"{person}/hypotheses/<int:number>/": {"standing": "2"},
        f"{person}/kinship-tests/new/": {"other": child, "outcome": "1", "laboratory": agency.pk, "on": day},
        f"{home}/split/": {"people": [child], "on": day, "because": "own_wish"},
        f"{home}/rejoin/": {"people": [child], "on": day, "because": "own_wish", "to": elsewhere},
        f"{person}/whereabouts/": {"kind": "away", "since": day},
        f"{person}/flights/new/": {"flight": "HY 2", "on": day},
        f"{person}/flights/<int:number>/take-off/": {},
        f"{person}/hand-overs/new/": {"from_agency": agency.pk, "with_agency": agency.pk},
    }  # fmt: skip


def api(child: str, agency: Agency, elsewhere: str, codes: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return the input of each operation about a child of a family."""
    day, home = today().isoformat(), "families/{}"
    one, mother = f"{home}/placements/{{}}", codes.get("people", "")
    paper, person = f"{home}/papers/{{}}", "people/{}"
    return {
        f"{home}/absence": {},
        f"{home}/care-decisions/{{}}": {"outcome": "back", **VIEW},
        f"{home}/placements": {"child": child, "with_person": mother, **KIN},
        f"{one}/study": {"on": day, "outcome": "fits"},
        f"{one}/agreement": {"on": day},
        f"{one}/apart": {"because": "own_wish", "again_on": day},
        f"{one}/approval": {},
        f"{one}/beginning": {"on": day},
        f"{one}/reviews": {"on": day, **VIEW},
        f"{one}/end": {"on": day, "because": "other"},
        f"{one}/dropping": {"because": "other"},
        f"{home}/guardianships": {
            "child": child, "form": "guardianship", "with_person": mother, "authority": agency.code, "decided_on": day,
        },
        f"{home}/guardianships/{{}}/end": {"on": day, "because": "other"},
        f"{home}/papers": {"person": child, "kind": "passport"},
        f"{paper}/steps": {"step": "applied"},
        f"{paper}/document": {"number": "I-AB 1"},
        f"{paper}/held": {"holder": "family"},
        f"{paper}/pictures": PICTURE,
        f"{person}/hypotheses": {"source": "relative", "sureness": "possible", "name": "Ona"},
        f"{person}/hypotheses/{{}}": {"standing": "taken"},
        f"{person}/kinship-tests": {"other": child, "outcome": "supports", "laboratory": agency.code, "on": day},
        f"{home}/split": {"people": [child], "on": day, "because": "own_wish"},
        f"{home}/rejoin": {"people": [child], "on": day, "because": "own_wish", "to": elsewhere},
        f"{person}/whereabouts": {"kind": "away", "since": day},
        f"{person}/flights": {"flight": "HY 2", "on": day},
        f"{person}/flights/{{}}/take-off": {},
        f"{person}/hand-overs": {"from_agency": agency.code, "with_agency": agency.code},
    }  # fmt: skip
