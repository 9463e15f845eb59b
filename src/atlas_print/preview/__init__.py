"""What one looks at while writing, and how output/ is looked at: servers for this machine alone (decision 20)."""
