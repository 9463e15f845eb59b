"""P8 on a book: what EPUBCheck and Ace can't see, since they know neither the source nor the paged edition."""
