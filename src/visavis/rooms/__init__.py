"""Seats in the media engine's rooms: tickets, permissions, removals, and their repair.

Not here: what a phase allows (summits.policy says; `grants` translates). One module imports livekit: `livekit_sfu`.
Words: room, chamber, caucus, booth, seat, ticket, grant, re-seat.
"""
