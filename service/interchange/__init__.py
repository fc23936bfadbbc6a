"""Formats that facts come in by and go out by."""
