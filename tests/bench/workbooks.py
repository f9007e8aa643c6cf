"""What workbooks cost: the yearbook, and rosters of any length."""

import subprocess
import sys
import time
from datetime import date, timedelta

from tests.bench.timing import READ, say, timed


def yearbook(folder):
    """The yearbook of the demo against bare XlsxWriter and openpyxl writing the same cells, without any asking or looks."""
    import openpyxl
    import xlsxwriter

    from config.site.yearbook import write_yearbook

    seconds = timed(lambda: write_yearbook(2018, folder / "y.xlsx"), 3)
    book = openpyxl.load_workbook(folder / "y.xlsx")
    sheets = {
        page.title: [
            (cell.row, cell.column, cell.value) for row in page.iter_rows() for cell in row if cell.value is not None
        ]
        for page in book
    }

    def bare():
        with xlsxwriter.Workbook(folder / "bare.xlsx", {"default_date_format": "yyyy-mm-dd"}) as target:
            for name, cells in sheets.items():
                page = target.add_worksheet(name)
                for row, column, value in cells:
                    page.write(row - 1, column - 1, value)

    def by_openpyxl():
        target = openpyxl.Workbook()
        for name, cells in sheets.items():
            page = target.create_sheet(name)
            for row, column, value in cells:
                page.cell(row, column, value)
        target.save(folder / "bare.xlsx")

    count = sum(map(len, sheets.values()))
    others = {"XlsxWriter": timed(bare, 3), "openpyxl": timed(by_openpyxl, 3)}
    ratios = (f"× {seconds / other:.2f} of {name}'s bare cells ({other:.2f} s)" for name, other in others.items())
    say(f"the yearbook of 2018, {count:,} cells", f"{seconds:.2f} s", ", ".join(ratios))


def rosters(folder, count):
    """A roster of so many members, written: against a plain loop over the same rows."""
    from members.roster import exports

    on = date(2018, 10, 31)
    grow_roll(count, start=READ)
    target, bare = folder / "roster.xlsx", folder / "bare.xlsx"

    def plain():
        import xlsxwriter

        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(bare, options) as book:
            page = book.add_worksheet()
            text = book.add_format({"num_format": "@", "border": 1, "text_wrap": True})
            looks = {"number": book.add_format({"num_format": "#,##0", "border": 1})}
            day = book.add_format({"num_format": "yyyy-mm-dd", "border": 1})
            columns = exports.roster_columns(on=on)
            for row, record in enumerate(exports.roll(on=on)):
                for place, column in enumerate(columns):
                    value = column.value(record)
                    if value is None or value == "":
                        page.write_string(row, place, "", text)
                    elif column.kind == "text":
                        page.write_string(row, place, value, text)
                    elif column.kind in looks:
                        page.write_number(row, place, value, looks[column.kind])
                    else:
                        page.write_datetime(row, place, value, day)

    spans: dict[str, list] = {"plain": [], "ours": []}
    for _ in range(2):
        # Turn by turn, by the processor's own time: a busy machine meets both.
        for name, act in (("plain", plain), ("ours", lambda: write_roster(target, on))):
            start = time.process_time()
            act()
            spans[name].append(time.process_time() - start)
    ours, other = min(spans["ours"]), min(spans["plain"])
    say(
        f"a roster of {count:,} members, written",
        f"{ours:.1f} s",
        f"× {ours / other:.2f} of a plain XlsxWriter loop ({other:.1f} s)",
    )
    say("the same by the command, most memory at a time", f"{peak_of_command(target):,.0f} MB")


def read_roster_of(folder, count):
    """A roster of so many members, read and checked, against openpyxl's own pass."""
    import openpyxl

    from members.roster.reading import read_roster

    target = folder / "read.xlsx"
    grow_roll(count)
    write_roster(target, date(2018, 10, 31))
    data = target.read_bytes()
    start = time.process_time()
    read_roster("roster.xlsx", data, today=date.today())
    reading = time.process_time() - start

    def read_only():
        for row in openpyxl.load_workbook(target, read_only=True).worksheets[0].iter_rows(values_only=True):
            row[0]

    start = time.process_time()
    read_only()
    other = time.process_time() - start
    say(
        f"a roster of {count:,} members, read and checked",
        f"{reading:.1f} s",
        f"× {reading / other:.2f} of openpyxl's read_only pass ({other:.1f} s)",
    )


def write_roster(target, on):
    from django.utils import translation

    from config.kit.excel import Block, Frame, Worksheet, write_workbook
    from members.roster import exports

    with translation.override("zh-hans"):
        block = Block(exports.roster_columns(on=on), exports.roll(on=on))
        write_workbook(target, [Worksheet("roster", "roster", [block])], Frame("bench", on))


def grow_roll(count, start=0):
    """So many members of the demo's branches, on their rolls."""
    from branches.models import Branch
    from config.kit.person.citizen_ids import check_character
    from members.models import Affiliation, Member

    branches = list(Branch.objects.all())

    def member(number):
        born = date(1930, 1, 1) + timedelta(days=number % 12_000)
        first = f"459998{born:%Y%m%d}{number // 12_000 * 2 % 1000 + number % 2:03}"
        return Member(
            branch=branches[number % len(branches)], name="黄李陈韦梁覃"[number % 6] + chr(0x4E00 + number % 5000) + chr(0x6000 + number // 5000),
            sort_name=f"{number:08}", sex="1" if number % 2 else "2", citizen_id=first + check_character(first),
            citizen_id_hash=f"bench-{number}", ethnic_group="01", native_place="桂南县", birth_date=born, education="20",
            work_started_on=date(1985, 3, 1), joined_on=date(1987, 7, 1), full_member_on=date(1988, 7, 1),
            retirement_kind="tuixiu", retired_on=date(2017, 4, 1), former_post=f"桂南县第{number % 90}小学教师", health="good",
            living_status="alone", address=f"桂南县荔香街道榕树巷{number}号", phone=f"1400{number:07}",
            emergency_contact=f"韦明 1400{number:07}",
        )  # fmt: skip

    for first in range(start, count, 2000):
        members = Member.objects.bulk_create([member(number) for number in range(first, min(first + 2000, count))])
        Affiliation.objects.bulk_create(
            [Affiliation(member=row, branch_id=row.branch_id, starts_on=date(2000, 1, 1)) for row in members]
        )


def peak_of_command(target):
    """MB that `yearbook --report R1` holds at most, as a process of its own says of itself."""
    script = (
        "import resource, sys; from django.core.management import execute_from_command_line as run;"
        f"run(['manage.py', 'yearbook', '2018', '--report', 'R1', '--out', {str(target)!r}, '--verbosity', '0']);"
        # What a parent held before it made a process counts into ru_maxrss; Linux tells the process alone as well.
        "own = [line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')]"
        " if sys.platform == 'linux' else [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024];"
        "print(own[0], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return float(done.stderr.split()[-1]) / 1024
