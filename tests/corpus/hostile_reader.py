"""A reader for the sandbox's tests: does to its process what a hostile file could make a parser do."""

import os
import signal
import time


def answer(request: dict, data: bytes) -> dict:
    what = request["do"]
    if what == "spin":
        while True:
            pass
    if what == "sleep":
        time.sleep(600)
    if what == "hoard":
        return {"size": len([bytearray(10_000_000) for _ in range(1_000)])}
    if what == "chatter":
        return {"text": "x" * request["size"]}
    if what == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if what == "raise":
        raise ValueError(data.decode())
    if what == "write":
        with open(request["path"], "wb") as file:
            file.write(data)
    if what == "print":
        print(data.decode())
    if what == "look":
        return {"environment": dict(os.environ), "folder": os.getcwd()}
    return {"size": len(data)}
