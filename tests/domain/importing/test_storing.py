from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.importing import sealing, staff_lists, storing
from domain.importing.checking import CardDetails, CheckedList, ListedCard
from domain.importing.headings import Column
from domain.importing.model import UploadExpiredError
from domain.importing.report import (
    ChangedAddress,
    Problem,
    RefusedRow,
    Remarks,
    Warned,
)
from domain.importing.staff_lists import StaffList
from domain.record_cards.fields import EmailAddress, Reason
from tests.domain.importing.test_sample_lists import MESSY

TEXT = st.text(max_size=20)
ROW = st.integers(1, 1_048_576)
DAYS = ("start_on", "end_on", "birth_on")
PROBLEM = st.builds(Problem, st.sampled_from(Column), TEXT, st.sampled_from(Reason))
REFUSED = st.builds(RefusedRow, ROW, TEXT, st.lists(PROBLEM, min_size=1).map(tuple))
WARNED = st.builds(Warned, ROW, TEXT, PROBLEM)
DETAILS = st.builds(
    CardDetails,
    **{
        name: st.none() | (st.dates(date(1900, 1, 1)) if name in DAYS else TEXT)
        for name in CardDetails._fields
    },
)
CARD = st.builds(
    ListedCard,
    ROW,
    TEXT,
    TEXT,
    st.none() | st.builds(EmailAddress, TEXT, TEXT),
    TEXT,
    DETAILS,
)
LIST = st.builds(
    StaffList,
    TEXT,
    ROW,
    st.lists(TEXT).map(tuple),
    st.builds(
        CheckedList,
        st.lists(CARD).map(tuple),
        st.lists(REFUSED).map(tuple),
        st.lists(WARNED).map(tuple),
    ),
)
REMARKS = st.builds(
    Remarks,
    st.lists(REFUSED).map(tuple),
    st.lists(WARNED).map(tuple),
    st.lists(st.builds(ChangedAddress, ROW, TEXT, st.none() | TEXT, TEXT)).map(tuple),
)


@given(staff_list=LIST)
def test_any_list_is_read_as_it_was_written(staff_list):
    back = storing.read_list(storing.write_list(staff_list))
    assert back == staff_list
    # Equal tuples may be of another kind, and a code may be a mere text.
    assert repr(back) == repr(staff_list)


@given(remarks=REMARKS)
def test_any_remarks_are_read_as_they_were_written(remarks):
    back = storing.read_remarks(storing.write_remarks(remarks))
    assert repr(back) == repr(remarks)


def test_a_sealed_list_opens_for_its_own_upload_only(now, keyring):
    staff_list = staff_lists.read(MESSY, now=now)
    sealed = sealing.seal_list(staff_list, "upload-1", keyring)
    assert sealing.open_list(sealed, "upload-1", keyring) == staff_list
    with pytest.raises(UploadExpiredError):
        sealing.open_list(sealed, "upload-2", keyring)
