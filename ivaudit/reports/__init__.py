"""Writers of one report model: PDF, XLSX, JSON."""
