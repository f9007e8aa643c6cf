"""States in the lists of the office: a sign beside the word, so that colour is never the only difference."""

# The signs that `ui/state.html` knows.
KINDS = ("open", "doing", "done", "late", "void")


class StateWords(str):
    """What a column's method returns for a state: its words, and the kind of its sign (one of `KINDS`)."""

    kind: str

    def __new__(cls, kind, words):
        made = super().__new__(cls, words)
        made.kind = kind
        return made


def kind_of(states, value):
    """The kind of sign of a column's value: its own, or by the column's table `{stored value: kind}`; "" for none."""
    if isinstance(value, StateWords):
        return value.kind
    return (states or {}).get(value, "")
