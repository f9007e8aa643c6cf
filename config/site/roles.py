"""Who may do what: each role's permissions in one table, applied to the groups after every migrate.

Letters: v view, a add, c change, d delete, and words for permissions of their own (`publish_statement`).
"""

from django.apps import apps as installed

ACTS = {"v": "view", "a": "add", "c": "change", "d": "delete"}

READ_ORGANIZATION = {
    "branches.organization": "v",
    "branches.branch": "v",
    "branches.nameplate": "v",
    "branches.committeeterm": "v",
    "branches.committeeseat": "v",
    "branches.venue": "v",
    "branches.equipment": "v",
    "branches.holiday": "v",
}
READ_MEMBERS = {"members.member": "v", "members.affiliation": "v", "members.consent": "v"}
WRITE_MEMBERS = {
    "branches.countyform": "v",
    "members.member": "vac view_private",
    "members.affiliation": "v",
    "members.consent": "vac",
    "branches.importbatch": "v",
}
READ_ACTIVITIES = {
    "activities.activity": "v",
    "activities.photo": "v",
    "activities.show": "v",
    "activities.programmeitem": "v",
    "activities.village": "v",
    "activities.miniwish": "v",
    "activities.mentorpair": "v",
    "activities.mentormeeting": "v",
}
WRITE_ACTIVITIES = {
    # Of one's own branch alone, whoever else sees the meeting.
    "activities.minutes": "va",
    "activities.decision": "v",
    "activities.homestudy": "va",
    "activities.activity": "vacd",
    "activities.photo": "vc",
    "activities.show": "vacd",
    "activities.programmeitem": "vacd",
    "activities.village": "vacd",
    "activities.miniwish": "vac",
    "activities.mentorpair": "vacd",
    "activities.mentormeeting": "vacd",
}
READ_VOLUNTEERS = {
    "activities.volunteer": "v",
    "activities.servicerecord": "v",
    "activities.servicecertificate": "v",
}
READ_HONOURS = {
    "honours.rolemodel": "v",
    "honours.honour": "v",
    "honours.educationpoint": "v",
    "honours.section": "v",
    "honours.booktitle": "v",
    "honours.visitgroup": "v",
}
WRITE_HONOURS = {
    "honours.rolemodel": "vac",
    "honours.honour": "vac",
    "honours.educationpoint": "vc",
    "honours.section": "vacd",
    "honours.booktitle": "v",
    "honours.visitgroup": "v",
}

READ_FUND = {
    "fund.pot": "v",
    "fund.account": "v",
    "fund.entry": "v",
    "fund.donation": "v",
    "fund.collection": "v",
    "fund.fundmember": "v",
    "fund.assistancecase": "v",
    "fund.condolenceround": "v",
    "fund.condolencevisit": "v",
    "fund.allowancerun": "v",
    "fund.allowanceline": "v",
    "fund.statement": "v",
    "fund.posting": "v",
    "fund.question": "v",
    "fund.cashcount": "v",
    "fund.bankstatement": "v",
    "fund.budget": "v",
    "fund.allowancerule": "v",
}

# The table of the field handbook, §1: who does what. A name without letters is a permission of its own.
ROLES: dict[str, dict[str, str]] = {
    "street_officer": {
        **READ_ORGANIZATION,
        "branches.organization": "vc",
        "branches.branch": "vac",
        "branches.nameplate": "vacd",
        "branches.committeeterm": "vac",
        "branches.committeeseat": "vacd",
        "branches.venue": "vac",
        "branches.equipment": "vac",
        "branches.holiday": "vacd",
        "branches.assignment": "v",
        "branches.countyform": "vacd",
        **READ_MEMBERS,
        "members.member": "v view_private",
        **READ_ACTIVITIES,
        **READ_VOLUNTEERS,
        **WRITE_HONOURS,
        **READ_FUND,
        "fund.pot": "vac",
        "fund.budget": "vac",
        "fund.allowancerule": "vac",
        "fund.assistancecase": "v approve notice view_private",
        "fund.recusal": "vacd",
        "fund.condolenceround": "v approve",
        "fund.allowancerun": "v approve",
        "fund.statement": "v return publish",
        "fund.question": "va word answer decide",
    },
    "secretary": {
        **READ_ORGANIZATION,
        **WRITE_MEMBERS,
        **WRITE_ACTIVITIES,
        **READ_VOLUNTEERS,
        **WRITE_HONOURS,
        "fund.pot": "v",
        "fund.assistancecase": "vacd propose review view_private",
        "fund.condolencevisit": "v",
        "fund.allowanceline": "v",
    },
    "organization_officer": {
        **READ_ORGANIZATION,
        **WRITE_MEMBERS,
        **WRITE_ACTIVITIES,
        **READ_VOLUNTEERS,
        "activities.volunteer": "vac",
        "activities.servicecertificate": "va",
        **WRITE_HONOURS,
    },
    "publicity_officer": {
        **READ_ORGANIZATION,
        "members.member": "v",
        **WRITE_ACTIVITIES,
        **READ_VOLUNTEERS,
        "activities.signup": "vac",
        # Whoever comes to a volunteer day for the first time is registered from its sheet.
        "activities.volunteer": "va",
        "activities.servicecertificate": "va",
        **WRITE_HONOURS,
    },
    "discipline_officer": {
        **READ_ORGANIZATION,
        "members.member": "v",
        **READ_ACTIVITIES,
        **READ_HONOURS,
        **READ_FUND,
        "fund.assistancecase": "v spot_check view_private",
        "fund.recusal": "v",
        "fund.statement": "v review_second return",
        "fund.question": "va word answer decide",
    },
    "fund_keeper": {
        **READ_ORGANIZATION,
        "members.member": "v",
        "branches.importbatch": "v",
        **READ_FUND,
        "fund.donation": "vac count return void",
        "fund.collection": "va",
        "fund.fundmember": "vac",
        "fund.assistancecase": "vacd propose check notice close view_private",
        "fund.recusal": "v",
        "fund.condolenceround": "vacd propose",
        "fund.condolencevisit": "vacd",
        "fund.statement": "va",
        "fund.posting": "vac",
        "fund.question": "va word answer",
    },
    "accountant": {
        **READ_ORGANIZATION,
        **READ_FUND,
        "fund.entry": "va reverse",
        "fund.cashcount": "va confirm",
        "fund.bankstatement": "vad match",
        "fund.budget": "vac",
        "fund.allowancerun": "vacd propose",
        "fund.allowanceline": "vacd",
        "fund.statement": "v review_first return",
    },
    "cashier": {
        **READ_ORGANIZATION,
        **READ_FUND,
        "fund.cashcount": "va confirm",
        "fund.donation": "va count",
        "fund.collection": "va",
        "fund.assistancecase": "v pay receipt",
        "fund.condolenceround": "v pay sign",
        "fund.allowancerun": "v pay sign",
    },
    "point_keeper": {
        **READ_ORGANIZATION,
        **READ_HONOURS,
        "honours.educationpoint": "vc",
        "honours.section": "vacd",
        "honours.booktitle": "vacd",
        "honours.visitgroup": "vacd",
    },
}


def codenames(model_label, letters):
    """Permission codenames of one cell of the table: `"va publish"` on fund.statement → view, add, publish."""
    model = model_label.partition(".")[2]
    shorts, *acts = letters.split() or [""]
    if not set(shorts) <= set(ACTS):
        shorts, acts = "", [shorts, *acts]
    return [f"{ACTS[letter]}_{model}" for letter in shorts] + [f"{act}_{model}" for act in acts]


def sync_roles(apps=installed):
    """Make one group a role with exactly the permissions of the table; returns the number of groups."""
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    wanted = {
        role: [
            (label.partition(".")[0], codename) for label, cell in cells.items() for codename in codenames(label, cell)
        ]
        for role, cells in ROLES.items()
    }
    known = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.select_related("content_type")
    }
    for role, pairs in wanted.items():
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set([known[pair] for pair in pairs])
    return len(wanted)


def sync_roles_after_migrate(sender, **kwargs):
    """Runs once, after the last app has its permissions."""
    if sender.label == "honours":
        sync_roles(installed)
