"""PDF files made from text."""

from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject


def pdf_of(text: str) -> bytes:
    """A PDF of one page with the lines of ``text``, wrapped after eight words."""
    plain = text.replace("(", "").replace(")", "").encode("ascii", "ignore").decode()
    rows = [line.split() for line in plain.splitlines()]
    lines = [" ".join(words[start : start + 8]) for words in rows for start in range(0, len(words), 8)]
    drawn = "BT /F1 9 Tf 40 800 Td 11 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    writer = PdfWriter()
    page = writer.add_blank_page(600, 850)
    font = DictionaryObject(
        {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
         NameObject("/BaseFont"): NameObject("/Helvetica")}
    )  # fmt: skip
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = StreamObject()
    stream.set_data(drawn.encode("latin-1"))
    page[NameObject("/Contents")] = writer._add_object(stream)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
