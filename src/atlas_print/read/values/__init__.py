"""Values of YAML and JSON with their places, and the fields that are read of them."""
