"""Who is who: delegations and their keys, invitations, device keys, accreditations, sessions.

Not here: what a member may do (summits.policy) or where they sit (rooms). Keys belong to delegations, never the host.
Words: descriptor, delegation, party, member, role, chair, invitation, device key, accreditation, session, actor.
"""
