"""What reading an upload takes, in a process of its own: seconds, and megabytes at the peak above what was there before."""

import json
import os
import subprocess
import sys
import tempfile

CODE = """
import json, resource, sys, time
from contextlib import suppress
import django
django.setup()
from datetime import date
from django.core.exceptions import ValidationError
import openpyxl, xlrd
from config.kit.form_filling.template import Words, open_template
from members.roster.reading import read_roster

WORDS = Words({"year": "年"}, {"honours": ("荣誉", {"title": "名称"}), "visits": ("参观", {"group": "单位"})})

def peak():
    # What a parent held before it made a process counts into ru_maxrss; Linux tells the process alone as well.
    if sys.platform != "linux":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))

def read(kind, name, data):
    if kind == "form":
        open_template("a.xlsx", data, WORDS)
    else:
        read_roster(name, data, today=date(2018, 10, 31))

for kind, data in (("form", None), ("list", "姓名,性别\\n韦德,男\\n".encode())):
    try:
        read(kind, "a.csv", data or b"")
    except ValidationError:
        pass
kind, path = sys.argv[1:]
with open(path, "rb") as file:
    data = file.read()
with suppress(OSError), open("/proc/self/clear_refs", "w") as control:
    control.write("5")
before, start, code, words = peak(), time.process_time(), "", ""
try:
    read(kind, "a", data)
except ValidationError as refusal:
    code, words = refusal.code, refusal.messages[0]
print(json.dumps([time.process_time() - start, peak() - before, code, words]))
"""


def cost(kind, data):
    """`(seconds of the processor, MB above the start, code of the refusal or "", its words)`."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "only-for-tests-" + "x" * 50,
            "FIELD_KEYS": "test:" + "11" * 32,
            "DATABASE_URL": "sqlite://:memory:",
        }
        done = subprocess.run(
            [sys.executable, "-c", CODE, kind, file.name], env=environment, capture_output=True, text=True, check=True
        )
    return json.loads(done.stdout.splitlines()[-1])


def print_table():
    from tests.kit import hostile

    for kind, files in (("list", hostile.LISTS), ("form", hostile.FORMS)):
        for name, make in files.items():
            if len(sys.argv) > 1 and not any(word in name for word in sys.argv[1:]):
                continue
            data = make()
            seconds, memory, _code, words = cost(kind, data)
            line = f"{kind:5} {name:46} {len(data) / 1e3:8,.0f} kB {seconds:6.2f} s {memory:7.1f} MB  {words or 'read'}"
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
