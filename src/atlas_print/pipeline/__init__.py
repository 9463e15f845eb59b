"""A build: plan, make, prove, publish, report."""
