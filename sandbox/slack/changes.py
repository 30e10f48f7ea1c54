"""The lock of a workspace, and how often something behind it has changed."""

import threading


class Changes(threading.Condition):
    """A condition that counts: who looks away between two looks misses nothing."""

    def __init__(self) -> None:
        super().__init__(threading.RLock())
        self.count = 0

    def notify_all(self) -> None:
        """Wake everybody who waits, and let who did not wait see that it happened."""
        self.count += 1
        super().notify_all()
