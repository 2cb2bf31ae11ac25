"""Packs the built client: `python -m tools.pack_client`, once web/dist is there.

Zopfli finds what gzip's own search misses: some 20 kB less for everybody who arrives, for ten seconds here. What it writes is
no part of the client that delegations compare; the server looks whether it holds what it should.
"""

import hashlib
from pathlib import Path

import zopfli.gzip  # type: ignore[import-untyped]  # its author has given no types

from visavis.api.pages import PACKED, PACKINGS, client_files

CLIENT = Path(__file__).parents[1] / "web" / "dist"


def main() -> None:
    """Pack every file that is worth it, by the SHA-256 of what is in it."""
    folder = CLIENT / PACKINGS
    folder.mkdir(exist_ok=True)
    for name, body in client_files(CLIENT).items():
        if Path(name).suffix not in PACKED:
            (folder / f"{hashlib.sha256(body).hexdigest()}.gz").write_bytes(zopfli.gzip.compress(body))


if __name__ == "__main__":
    main()
