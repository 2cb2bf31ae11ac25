"""What operators see: the log, the metrics, the health checks that `doctor` shares.

Not here: the audit log, which is for the delegations (audit). Nothing secret gets this far, and what does is masked.
Words: log line, metric, check.
"""
