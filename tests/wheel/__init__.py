"""The wheel: what somebody gets who has no checkout, no Node and no Go."""
