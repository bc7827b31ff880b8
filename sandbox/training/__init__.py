"""People meet scenarios: their runs, what the runs prove, and the clearances that follow."""
