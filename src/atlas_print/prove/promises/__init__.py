"""The promises to a reader, one small module each."""
