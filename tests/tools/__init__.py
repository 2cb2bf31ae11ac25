"""The gate's own checks: each finds what it is for, and fails where it looked at nothing."""
