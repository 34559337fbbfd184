"""Turns articles into a podcast that people want to listen to."""
