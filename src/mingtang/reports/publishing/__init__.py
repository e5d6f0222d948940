"""A frozen report as files: PDF, docx, workbook, data package, and the HTML of its tables."""
