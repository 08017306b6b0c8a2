"""Calling what runs an event loop of its own, from wherever one may be running already."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def apart(call: Callable[[], Result]) -> Result:
    """Return what a call returns; where this thread runs an event loop, it is made in another thread.

    pyHanko validates by `asyncio.run`, which a thread with a running loop refuses.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return call()
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call).result()
