"""What every view shares: access, the unit of work, answers, navigation, assets, languages."""
