"""Offers in other people's formats: JSON answers, HSDS, spreadsheets, calendars, JSON-LD."""
