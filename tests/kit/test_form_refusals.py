"""What is wrong in a form, or would be lost by filling it, is said with sheet and cell."""

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference

from config.kit.form_filling.filling import FormValues, fill
from config.kit.form_filling.size import FORMS
from config.kit.form_filling.template import open_template
from tests.kit.forms import FACTS, HONOURS, WORDS, filled, sheet_with
from tests.kit.workbooks import saved, with_part


def refused(book_or_data, name="表.xlsx"):
    data = book_or_data if isinstance(book_or_data, bytes) else saved(book_or_data)
    with pytest.raises(ValidationError) as refusal:
        open_template(name, data, WORDS)
    return refusal.value


def test_a_name_nobody_knows_is_mapped_or_refused_with_its_cell():
    book = sheet_with(B2="{{党员人数}}")
    template = open_template("表.xlsx", saved(book), WORDS)
    assert template.unknown(WORDS) == ["党员人数"]
    with pytest.raises(ValidationError) as refusal:
        fill(template, WORDS, FACTS)
    assert refusal.value.code == "unknown_placeholder"
    assert "表一" in refusal.value.messages[0]
    assert "B2" in refusal.value.messages[0]

    assert filled(book, mapping={"党员人数": "members"}).active["B2"].value == 91


@pytest.mark.parametrize(
    ("cells", "code", "cell"),
    [
        ({"C3": "{{members"}, "broken_placeholder", "C3"),
        ({"C3": "members}}"}, "broken_placeholder", "C3"),
        ({"C3": "{{}}"}, "broken_placeholder", "C3"),
        ({"C3": "{{#honours}}", "A4": "{{title}}"}, "unclosed_block", "C3"),
        ({"A4": "{{title}}", "C5": "{{/honours}}"}, "unopened_block", "C5"),
        ({"A1": "{{#honours}}", "B2": "{{#visits}}", "B3": "{{/visits}}", "A4": "{{/honours}}"}, "nested_block", "B2"),
        ({"A1": "{{#honours}}", "B2": "{{group}}", "A3": "{{/honours}}"}, "unknown_field", "B2"),
        ({"A1": "{{#honours}}", "A3": "{{/honours}}"}, None, ""),
        ({"A1": "{{#honours}}", "A2": "{{/honours}}"}, "empty_block", "A1"),
        ({"A1": "{{#nothing}}", "A2": "x", "A3": "{{/nothing}}"}, "unknown_list", "A1"),
        ({"A1": "{{honours.title}}", "B1": "{{visits.group}}"}, "two_lists", "B1"),
        ({"D4": '="共{{members}}人"'}, "in_formula", "D4"),
    ],
)
def test_what_is_wrong_in_a_form_is_said_with_sheet_and_cell(cells, code, cell):
    book = sheet_with(**cells)
    if code is None:
        open_template("表.xlsx", saved(book), WORDS)
        return

    error = refused(book)

    assert error.code == code
    assert "表一" in error.messages[0]
    assert cell in error.messages[0]


def test_a_copy_that_would_have_too_many_cells_is_refused_before_it_is_made():
    book = Workbook()
    book.active.append(["{{honours.title}}"] * 201)
    many = FormValues(FACTS.figures, {"honours": HONOURS * 334, "visits": []})

    with pytest.raises(ValidationError) as refusal:
        filled(book, many)

    assert refusal.value.code == "too_many_cells"


def test_merged_cells_in_the_way_of_a_row_block_are_refused():
    book = sheet_with(A1="{{#honours}}", A2="{{title}}", A3="{{/honours}}", B2="并", A5="尾")
    book.active.merge_cells("B2:B5")

    error = refused(book)

    assert error.code == "merge_in_the_way"
    assert "B2:B5" in error.messages[0]


def test_macros_passwords_and_other_files_are_refused():
    assert refused(with_part(saved(sheet_with()), "xl/vbaProject.bin", b"x")).code == "macros"
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")).code == "password"
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").code == "other_format"
    assert refused(b"hello").code == "not_a_workbook"
    assert refused(b"PK\x03\x04rubbish").code == "damaged"
    assert refused(b"x" * (5 * 1024 * 1024 + 1)).code == "too_large"
    assert (
        refused(with_part(saved(sheet_with()), "xl/media/x.bin", b"0" * (FORMS.unpacked + 1))).code
        == "unpacked_too_large"
    )


def drawing_of(inner):
    return (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor>'
        "<xdr:from><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>6</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
        f"{inner}</xdr:twoCellAnchor></xdr:wsDr>"
    ).encode()


def test_a_text_box_that_would_be_lost_is_refused_with_its_cell():
    chart = sheet_with(A1=1)
    drawn = BarChart()
    drawn.add_data(Reference(chart.active, min_col=1, min_row=1))
    chart.active.add_chart(drawn, "C7")
    data = with_part(saved(chart), "x", b"", drawings_drawing1_xml=lambda text: drawing_of("<xdr:sp/>"))

    error = refused(data)

    assert error.code == "would_be_lost"
    assert "C7" in error.messages[0]
    assert open_template("表.xlsx", saved(chart), WORDS).spots == []
    header = with_part(
        saved(chart), "x", b"", sheet1_xml=lambda text: text.replace(b"<drawing", b"<legacyDrawingHF/><drawing")
    )
    assert refused(header).code == "would_be_lost"
    assert refused(with_part(saved(sheet_with(A1=1)), "xl/cellimages.xml", b"<x/>")).code == "would_be_lost"


def test_what_cannot_be_kept_but_does_no_harm_is_said():
    data = with_part(
        saved(sheet_with(A1="{{members}}")), "_xmlsignatures/sig1.xml", b"<x/>",
        sheet1_xml=lambda text: text.replace(
            b"</worksheet>", b'<extLst><ext xmlns:x14="x" uri="{x}"><x14:dataValidations/></ext></extLst></worksheet>'
        ),
    )  # fmt: skip

    template = open_template("表.xlsx", data, WORDS)

    assert len(template.warnings) == 2
    assert "表一" in template.warnings[0]
