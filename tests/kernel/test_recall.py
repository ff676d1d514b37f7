from lianfang.kernel.recall import memory, once


def test_what_a_page_asks_twice_is_looked_up_once_and_forgotten_after_it() -> None:
    asked: list[int] = []

    def look_up() -> int:
        asked.append(1)
        return len(asked)

    with memory():
        assert (once("day", look_up), once("day", look_up)) == (1, 1)
        assert once("hour", look_up) == 2
    with memory():
        assert once("day", look_up) == 3


def test_outside_of_a_page_everything_is_looked_up_each_time() -> None:
    asked: list[int] = []
    for _ in range(2):
        once("day", lambda: asked.append(1))
    assert len(asked) == 2
