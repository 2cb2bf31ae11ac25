"""The dossier and its meetings: formats, phases, moves, agenda, the floor, and who may do what.

Not here: sound and picture (rooms), who somebody is (identity).
Words: summit, meeting, format, phase, move, consent, agenda, floor.
"""
