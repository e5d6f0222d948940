"""A normative document of the library as a file: Akoma Ntoso, PDF, docx, plain text; one function per format."""

from mingtang.press.norms.akoma_ntoso import akoma_ntoso
from mingtang.press.norms.files import norm_docx, norm_pdf, norm_text
from mingtang.press.norms.value import Amendment, Attached, NormText, Part, Structured

__all__ = [
    "Amendment",
    "Attached",
    "NormText",
    "Part",
    "Structured",
    "akoma_ntoso",
    "norm_docx",
    "norm_pdf",
    "norm_text",
]
