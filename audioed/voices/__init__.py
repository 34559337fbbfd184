"""Voices: their cards, who is cast for which role, their files, and how they come and go."""
