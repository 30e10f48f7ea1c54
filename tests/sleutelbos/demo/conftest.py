"""A desk to start demos at."""

import pytest

from tests.sleutelbos.demo.desk import make_desk


@pytest.fixture
def desk(tmp_path):
    return make_desk(tmp_path)
