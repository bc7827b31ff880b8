"""The proof: a scenario is played through the actions, rightly and wrongly, and must tell the difference."""
