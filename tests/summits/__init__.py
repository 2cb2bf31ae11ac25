"""Meetings: the tables of phases and of who may do what walked whole, agenda, floor, replay."""
