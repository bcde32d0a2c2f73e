"""The parts of the PDF: faces, text, sheet and the chapters; `reports.formats.pdf` puts them together."""
