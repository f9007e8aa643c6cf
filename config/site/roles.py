"""Who may do what: each role's permissions in one table, applied to the groups after every migrate.

Letters: v view, a add, c change, d delete, and words for acts of their own (`publish_statement`).
"""

from django.apps import apps as installed

ACTS = {"v": "view", "a": "add", "c": "change", "d": "delete"}

ROLES: dict[str, dict[str, str]] = {}


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


def sync_roles_after_migrate(sender, apps, **kwargs):
    """Runs once, after the last app has its permissions."""
    if sender.label == "honours":
        sync_roles(installed)
