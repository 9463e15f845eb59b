"""Topic -> HTML through layouts/: one family of templates for every export."""
