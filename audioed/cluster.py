"""Other machines: the workers of a Dask cluster, which speak and encode in place of this one."""

import logging
from typing import Any

from audioed.errors import SynthesisError
from audioed.model import Seconds

PATIENCE: Seconds = 10.0
"""For the scheduler to answer."""


def connected(address: str) -> Any:
    """A client of the scheduler at this address, which has workers; SynthesisError where there is none, or no Dask."""
    try:
        from distributed import Client
    except ImportError as error:
        raise SynthesisError(
            'speaking on a cluster needs Dask; install it with `pip install "audioed[cluster]"`.'
        ) from error
    logging.getLogger("distributed").setLevel(logging.ERROR)  # a worker that dies is the cluster's business
    client = None
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
        client.wait_for_workers(1, timeout=PATIENCE)
    except (OSError, ValueError) as error:  # TimeoutError is an OSError
        if client:
            client.close()
        missing = "has no workers; start some" if client else "does not answer; start its scheduler"
        raise SynthesisError(f"the cluster at {address} {missing}, or take `cluster` out of [synthesis].") from error
    return client
