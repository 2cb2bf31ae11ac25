"""Seats in a real SFU: tickets, the gate, grants, removals and their repair."""
