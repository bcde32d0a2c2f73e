import uuid
from concurrent.futures import ThreadPoolExecutor

from data.ids import id_maker
from tests.data.builders import START, a_clock


def test_an_id_is_a_uuid_of_version_7_that_knows_its_time() -> None:
    made = uuid.UUID(id_maker(lambda: START)())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == int(START.timestamp() * 1000)


def test_ids_grow_even_when_the_clock_stands_still_or_goes_back() -> None:
    forward = a_clock()
    times = [forward() for _ in range(50)]
    backward = iter(times[::-1] + [START] * 50)
    new_id = id_maker(lambda: next(backward))
    made = [new_id() for _ in range(100)]
    assert made == sorted(made)
    assert len(set(made)) == 100


def test_threads_never_get_the_same_id() -> None:
    new_id = id_maker(lambda: START)
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: new_id(), range(2000)))
    assert len(set(made)) == 2000
