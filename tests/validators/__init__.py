"""Outside judges of a finished PDF or EPUB, each a plain function: files in, findings out.

An empty list of findings means that the judge read the file to its end and found nothing. A judge that could
not run raises; a file that a judge could not read has a finding that says so. So nothing passes by accident.
"""
