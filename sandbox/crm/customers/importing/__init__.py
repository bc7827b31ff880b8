"""Import of companies and contacts from CSV, XLSX and vCard: look first, then do, then account for it."""
