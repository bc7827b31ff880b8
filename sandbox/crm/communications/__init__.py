"""Tasks, calls, meetings, e-mails and notes about any record."""
