"""Companies and contacts: who the played firm deals with."""
