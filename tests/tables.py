"""Every table there is: the stores, imported, have put theirs into the one collection."""

from visavis.audit import store as audit
from visavis.events import outbox
from visavis.identity import store as identity
from visavis.keys import store as keys
from visavis.storage.schema import metadata
from visavis.summits import store as summits

STORES = (audit, outbox, identity, keys, summits)
__all__ = ["STORES", "metadata"]
