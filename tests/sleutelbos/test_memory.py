"""What hashes take is given back; it belongs to the process, so one is started."""

import subprocess
import sys

import pytest

PROGRAM = """
import resource, threading
from datetime import timedelta
from domain.secret import Secret
from domain.sign_in.hashing_slots import HashingSlots
from sleutelbos import memory

memory.give_back_large_blocks()
slots = HashingSlots(2, patience=timedelta(minutes=5))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
begin = threading.Barrier(40)

def sign_in():
    begin.wait()
    slots.verify(Secret("verkeerd"), None)

threads = [threading.Thread(target=sign_in) for _ in range(40)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a setting of glibc")
def test_forty_threads_that_hash_two_at_a_time_take_the_memory_of_two():
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    assert int(ended.stdout) < 2 * 19 + 40
