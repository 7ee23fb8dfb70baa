"""Importers read: bytes in, drafts out. One source, one file; whether a draft wins is decided in the directory."""
