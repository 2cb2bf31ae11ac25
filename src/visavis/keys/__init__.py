"""Delivers the keys' messages (MLS, RFC 9420): puts bytes it cannot read into one order, and forgets them after a day.

Not here: what the messages mean, who is really in a group, any key (the clients' `web/src/keys` does that). Whatever this
subject does wrong costs time, never secrecy.
Words: group, founding, commit, epoch, turn, void, envelope.
"""
