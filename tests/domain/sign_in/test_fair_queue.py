"""Places given out in the order in which people came."""

import threading
from datetime import timedelta

from domain.sign_in.fair_queue import FairQueue

LONG = timedelta(minutes=1)


def test_a_free_place_is_had_at_once():
    queue = FairQueue(2)
    assert queue.enter(timedelta())
    assert queue.enter(timedelta())
    assert not queue.enter(timedelta())


def test_a_place_that_is_left_is_free_again():
    queue = FairQueue(1)
    for _ in range(3):
        assert queue.enter(timedelta())
        queue.leave()


def test_nobody_overtakes():
    queue, order, came = FairQueue(1), [], []
    queue.enter(LONG)

    def wait(number: int) -> None:
        queue.enter(LONG)
        order.append(number)
        queue.leave()

    for number in range(20):
        thread = threading.Thread(target=wait, args=(number,))
        thread.start()
        came.append(thread)
        while len(queue._waiting) <= number:
            pass
    # A newcomer without patience gets nothing while others wait.
    assert not queue.enter(timedelta())
    queue.leave()
    for thread in came:
        thread.join()
    assert order == list(range(20))
    assert queue.enter(timedelta())


def test_who_gave_up_is_passed_over():
    queue = FairQueue(1)
    queue.enter(LONG)
    assert not queue.enter(timedelta(microseconds=1))
    queue.leave()
    assert queue.enter(timedelta())


def test_no_place_is_lost_when_many_give_up_as_their_turn_comes():
    queue = FairQueue(1)

    def come(_number: int) -> None:
        for _ in range(200):
            if queue.enter(timedelta(microseconds=50)):
                queue.leave()

    threads = [threading.Thread(target=come, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert queue.enter(timedelta())
    assert not queue.enter(timedelta())
