"""Whether the check of lengths finds what is too long."""

from tests.sizes import MOST, too_long


def test_what_is_too_long_is_named_with_its_lines():
    long_function = "def f():\n" + "    x = 1\n" * MOST["function"]
    long_class = "class A:\n" + "    x = 1\n" * MOST["class"]

    assert too_long("a.py", "def f():\n    return 1\n") == []
    assert too_long("a.py", long_function) == [("function", "f", MOST["function"] + 1)]
    assert too_long("a.py", long_class) == [("class", "A", MOST["class"] + 1)]
    assert too_long("a.py", "x = 1\n" * (MOST["module"] + 1)) == [("module", "", MOST["module"] + 1)]
