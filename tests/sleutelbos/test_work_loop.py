import threading

from sleutelbos.work_loop import WorkLoop

PATIENCE = 60


def test_work_is_done_until_there_is_none():
    left, done = [1, 2, 3], threading.Event()

    def work_once():
        if not left:
            done.set()
            return False
        left.pop()
        return True

    loop = WorkLoop("test", work_once)
    loop.start()
    assert done.wait(PATIENCE)
    loop.stop()
    loop.join()
    assert left == []


def test_a_loop_that_rests_is_woken():
    looks = threading.Semaphore(0)

    def work_once():
        looks.release()
        return False

    loop = WorkLoop("test", work_once, rest=3600)
    loop.start()
    assert looks.acquire(timeout=PATIENCE)
    loop.wake()
    assert looks.acquire(timeout=PATIENCE)
    loop.stop()
    loop.join()


def test_a_loop_outlives_what_fails_in_it():
    tries = threading.Semaphore(0)

    def work_once():
        tries.release()
        raise RuntimeError

    loop = WorkLoop("test", work_once, rest=0.001)
    loop.start()
    for _ in range(3):
        assert tries.acquire(timeout=PATIENCE)
    loop.stop()
    loop.join()


def test_stopping_waits_for_the_piece_in_hand():
    begun, go_on, finished = (threading.Event() for _ in range(3))

    def work_once():
        begun.set()
        assert go_on.wait(PATIENCE)
        finished.set()
        return True

    loop = WorkLoop("test", work_once)
    loop.start()
    assert begun.wait(PATIENCE)
    loop.stop()
    assert not finished.is_set()
    go_on.set()
    loop.join()
    assert finished.is_set()
