"""What is marked `once` is read a single time where nothing changes, and anew everywhere else."""

import pytest

from mingtang.trace import still


@pytest.fixture
def read():
    answers = iter(range(10))
    return still.once(lambda: next(answers))


def test_it_is_read_anew_outside(read):
    assert [read(), read()] == [0, 1]


def test_it_is_read_once_in_a_view_that_stands_still(read):
    with still.standing():
        assert [read(), read()] == [0, 0]
    assert read() == 1


def test_another_view_reads_for_itself(read):
    with still.standing():
        first = read()
    with still.standing():
        assert read() == first + 1


def test_two_readings_are_kept_apart():
    one, two = still.once(lambda: "one"), still.once(lambda: "two")
    with still.standing():
        assert (one(), two(), one()) == ("one", "two", "one")
