"""The menu of the office: eight entries that a role works with, and everything else by subject under "more"."""

from dataclasses import dataclass

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from config.site.display import way_back

MENU_OPEN = "menu_open"

# Pages that are no list of records: words, address, and the right they take ("" where everybody of the office may).
PAGES = {
    "reports": (gettext_lazy("Yearly reports"), "members.view_private_member"),
    "figures": (gettext_lazy("Where the figures come from"), ""),
    "papers": (gettext_lazy("Office paper"), ""),
    "month": (gettext_lazy("This month on one sheet"), "activities.view_activity"),
    "trash": (gettext_lazy("Recycle bin"), ""),
    "help": (gettext_lazy("Help"), ""),
}

# Subjects in the order of a working day, each with its records; what is not named follows by app.
SUBJECTS = [
    (gettext_lazy("Party members"), ["members.member", "branches.importbatch"]),
    (
        gettext_lazy("Activities"),
        [
            "activities.activity", "activities.signup", "activities.homestudy", "activities.miniwish",
            "activities.volunteer", "activities.servicecertificate", "activities.mentorpair", "activities.village",
        ],
    ),
    (
        gettext_lazy("Money"),
        [
            "fund.statement", "fund.posting", "fund.donation", "fund.collection", "fund.assistancecase",
            "fund.recusal", "fund.condolenceround", "fund.allowancerun", "fund.question", "fund.fundmember",
            "fund.entry", "fund.pot", "fund.cashcount", "fund.bankstatement", "fund.budget",
            "fund.allowancerule",
        ],
    ),
    (
        gettext_lazy("Honours and education point"),
        [
            "honours.honour", "honours.rolemodel", "honours.educationpoint", "honours.visitgroup",
            "honours.booktitle",
        ],
    ),
    (
        gettext_lazy("Branches and rooms"),
        [
            "branches.branch", "branches.committeeterm", "branches.organization", "branches.nameplate",
            "branches.venue", "branches.equipment", "branches.holiday", "branches.countyform",
        ],
    ),
    (gettext_lazy("Accounts and rights"), ["auth.user", "branches.assignment", "auth.group", "members.accesslog"]),
]  # fmt: skip


def by_subject(app_list):
    """The admin's apps regrouped by subject; models that no subject lists stay under their app."""
    rows = {}
    for app in app_list:
        for model in app["models"]:
            rows[f"{app['app_label']}.{model['object_name'].lower()}"] = (app, model)
    groups = []
    for name, labels in SUBJECTS:
        models = [rows.pop(label)[1] for label in labels if label in rows]
        if models:
            groups.append({"name": name, "app_label": "", "app_url": "", "has_module_perms": True, "models": models})
    rest = {}
    for app, model in rows.values():
        rest.setdefault(app["app_label"], {**app, "models": []})["models"].append(model)
    return groups + list(rest.values())


# What a role does most, after the today page: names of `PAGES` or of models. Who has no role keeps the whole installation.
ENTRIES = {
    "": [
        "members.member", "activities.activity", "fund.donation", "fund.assistancecase",
        "fund.statement", "reports", "auth.user",
    ],
    "secretary": [
        "members.member", "activities.activity", "activities.miniwish", "fund.assistancecase",
        "honours.honour", "papers", "reports",
    ],
    "organization_officer": [
        "members.member", "activities.activity", "activities.volunteer", "branches.committeeterm",
        "honours.honour", "papers", "reports",
    ],
    "publicity_officer": [
        "activities.activity", "activities.miniwish", "activities.volunteer", "honours.honour",
        "honours.rolemodel", "members.member", "papers",
    ],
    "discipline_officer": [
        "fund.statement", "fund.question", "fund.assistancecase", "fund.donation",
        "fund.entry", "fund.posting", "fund.recusal",
    ],
    "fund_keeper": [
        "fund.donation", "fund.collection", "fund.assistancecase", "fund.condolenceround",
        "fund.statement", "fund.question", "fund.fundmember",
    ],
    "accountant": [
        "fund.entry", "fund.cashcount", "fund.bankstatement", "fund.statement",
        "fund.allowancerun", "fund.budget", "fund.pot",
    ],
    "cashier": [
        "fund.assistancecase", "fund.donation", "fund.collection", "fund.condolenceround",
        "fund.allowancerun", "fund.cashcount", "fund.entry",
    ],
    "point_keeper": [
        "honours.visitgroup", "honours.booktitle", "honours.educationpoint", "honours.honour",
        "branches.venue", "branches.equipment", "papers",
    ],
    "street_officer": [
        "fund.statement", "fund.assistancecase", "fund.question", "members.member",
        "branches.branch", "honours.honour", "reports",
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One line of the menu."""

    label: str
    address: str
    here: str = ""


@dataclass(frozen=True)
class Menu:
    """Entries of the role, the rest by subject, and whether the rest is shown."""

    entries: tuple[Entry, ...]
    groups: tuple[tuple[str, tuple[Entry, ...]], ...]
    is_open: bool


def menu_of(request, groups, post):
    """The menu of the person who asks, who holds `post` (an assignment or None); `groups` is what `by_subject` gives."""
    lists = {
        f"{model['model']._meta.label_lower}": _entry(request, model["name"], model["admin_url"])
        for group in groups
        for model in group["models"]
        if model["admin_url"]
    }
    pages = {
        name: _entry(request, words, reverse(f"admin:{name}"))
        for name, (words, right) in PAGES.items()
        if not right or request.user.has_perm(right)
    }
    known = pages | lists
    chosen = [name for name in ENTRIES[post.role if post else ""] if name in known]
    rest = [
        (group["name"], [lists[model["model"]._meta.label_lower] for model in group["models"] if model["admin_url"]])
        for group in groups
    ]
    shown = [known[name] for name in chosen]
    is_open = request.COOKIES.get(MENU_OPEN) == "yes"
    rest = [(_("Office pages"), list(pages.values())), *rest]
    rest = [(name, tuple(entry for entry in entries if entry not in shown)) for name, entries in rest]
    rest = tuple((name, entries) for name, entries in rest if entries)
    # Folded, the menu still says where one is.
    here = [] if is_open else [entry for _name, entries in rest for entry in entries if entry.here]
    return Menu((_today(request), *shown, *here), rest, is_open)


def _today(request):
    address = reverse("admin:index")
    return Entry(_("Today"), address, "page" if request.path == address else "")


def _entry(request, words, address):
    here = "page" if request.path == address else "true" if request.path.startswith(address) else ""
    return Entry(capfirst(str(words)), address, here)


def pages_of(menu):
    """`[(words, address)]` of every entry of the menu, for the search."""
    entries = [*menu.entries, *(entry for _name, entries in menu.groups for entry in entries)]
    return [(entry.label, entry.address) for entry in entries]


@require_safe
def menu_view(request, site, state):
    """Remember whether the rest of the menu is shown, and lead back; works without a script."""
    response = HttpResponseRedirect(way_back(request))
    response.set_cookie(
        MENU_OPEN, "yes" if state == "open" else "no", samesite="Lax", secure=request.is_secure(), httponly=True
    )
    return response
