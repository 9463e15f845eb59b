"""Bibliographies in the forms that tools write -> Reference records with clean CSL-JSON items."""
