"""What came of campaigns: leads, deals, money and what it cost; never how often a letter was opened."""
