"""Signed parcels between instances: the document, its file, what may be in it, and how what came differs from here."""
