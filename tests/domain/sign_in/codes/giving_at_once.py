"""Many who give a code at the same moment, in this process or in another."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from domain.database import Database
from domain.secret import Keyring, Secret
from domain.sign_in import second_step
from domain.sign_in.hashing_slots import HashingSlots
from domain.sign_in.second_step import CodeKind
from domain.sign_in.tools import SignInTools
from tests.domain.sign_in.codes.second_steps import VISIT

EACH = 50


def give_at_once(tools, open_sessions, code, now):
    """Each of these sessions gives the code; gives how often which kind came out."""
    start = threading.Barrier(len(open_sessions))

    def give(open_session):
        start.wait()
        return second_step.check_code(tools, open_session, code, visit=VISIT, now=now)

    with ThreadPoolExecutor(len(open_sessions)) as threads:
        outcomes = list(threads.map(give, open_sessions))
    for outcome in outcomes:
        assert (outcome.session is not None) == (outcome.kind is CodeKind.RIGHT)
    return Counter(outcome.kind.value for outcome in outcomes)


def give_in_process(url, key, given, now, start, told):
    """What another process does: its own engine, the same sessions and codes."""
    database = Database(url)
    keyring = Keyring.from_setting(Secret(key))
    tools = SignInTools(database.transaction, keyring, HashingSlots())
    start.wait()
    for open_session, code in given:
        told.put(give_at_once(tools, [open_session] * EACH, code, now))
    database.close()
