"""Word files that the office works on: a heading, paragraphs, tables, in the typefaces of official papers."""

from io import BytesIO

# 仿宋 is the body of official papers, 黑体 their headings (GB/T 9704); Word takes another where it has none.
BODY, HEADING = "仿宋", "黑体"
BODY_POINTS, HEADING_POINTS = 16, 22


def _set_face(style, face, points):
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name, style.font.size = face, Pt(points)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def word_file(heading, parts, *, author):
    """The bytes of a .docx: `parts` are texts (paragraphs), `("heading", text)`, or `("table", [row of texts])`."""
    # On first use: the start of a process loads no library of files.
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document = Document()
    document.core_properties.title, document.core_properties.author = heading, author
    _set_face(document.styles["Normal"], BODY, BODY_POINTS)
    _set_face(document.styles["Title"], HEADING, HEADING_POINTS)
    document.add_paragraph(heading, style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
        elif part[0] == "heading":
            document.add_paragraph().add_run(part[1]).bold = True
        else:
            _add_table(document, part[1])
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _add_table(document, rows):
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
