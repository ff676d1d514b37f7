from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.ground.figures.rules import (
    Adopted,
    Figure,
    Figures,
    Kind,
    Place,
    Source,
    State,
    Told,
    Value,
    read,
    total,
    using,
)
from lianfang.kernel.refusals import BadInput

DAY = date(2020, 1, 31)
WITHOUT = (State.UNKNOWN, State.NOT_APPLICABLE, State.NOT_ASKED)


def derived(number: int) -> Value:
    return Value(number, State.NUMBER, Source.DERIVED, number)


def typed(number: int) -> Value:
    return Value(number, State.NUMBER, Source.TYPED)


def without(state: State) -> Value:
    return Value(None, state, Source.TYPED, missing=int(state is State.UNKNOWN))


VALUES = st.one_of(
    st.integers(0, 99).map(derived),
    st.integers(0, 99).map(typed),
    st.sampled_from(WITHOUT).map(without),
)


@given(st.lists(VALUES), st.randoms())
def test_the_order_of_adding_does_not_matter(values: list[Value], random: Random) -> None:
    shuffled = list(values)
    random.shuffle(shuffled)
    assert total(values) == total(shuffled)


@given(st.lists(VALUES, min_size=1), st.integers(0, 10))
def test_sums_of_parts_add_up_to_the_whole(values: list[Value], cut: int) -> None:
    parts = [part for part in (values[:cut], values[cut:]) if part]
    assert total(total(part) for part in parts) == total(values)


@given(st.lists(VALUES))
def test_a_sum_is_the_sum_of_its_numbers_and_counts_what_is_unknown(values: list[Value]) -> None:
    found = total(values)
    numbers = [value.value for value in values if value.value is not None]
    assert (found.value or 0) == sum(numbers)
    assert (found.state is State.NUMBER) == bool(numbers)
    assert found.missing == sum(value.state is State.UNKNOWN for value in values)


@pytest.mark.parametrize(
    ("states", "state"),
    [
        ((), State.NOT_APPLICABLE),
        ((State.NOT_APPLICABLE,), State.NOT_APPLICABLE),
        ((State.NOT_APPLICABLE, State.NOT_ASKED), State.NOT_ASKED),
        ((State.NOT_ASKED, State.UNKNOWN), State.UNKNOWN),
    ],
)
def test_without_a_number_a_sum_says_why(states: tuple[State, ...], state: State) -> None:
    assert total(without(each) for each in states).state is state


def test_a_sum_in_which_one_part_was_typed_is_marked_typed() -> None:
    assert total([derived(1), without(State.NOT_ASKED)]).source is Source.DERIVED
    assert total([derived(1), typed(1)]).source is Source.TYPED


def place(path: str, kind: str = "subsidiary") -> Place:
    return Place(uuid4(), path, path, path, kind)


def figures(places: list[Place], **more: object) -> Figures:
    head = Figure("head", "h", "h", "persons", True, "staff", 1, "people")  # noqa: FBT003
    stock = Figure("stock", "s", "s", "masks", True, "supplies", 2)  # noqa: FBT003
    cover = Figure("cover", "c", "c", "days", False, "supplies", 3)  # noqa: FBT003
    told: dict[str, object] = {
        "day": DAY,
        "as_of": datetime(2020, 1, 31, tzinfo=UTC),
        "register": {figure.code: figure for figure in (head, stock, cover)},
        "places": places,
        "index": {each.id: at for at, each in enumerate(places)},
        "counted": {},
        "derived_at": {"people": frozenset(each.id for each in places)},
        "typed": {},
        "asked": frozenset(each.id for each in places if each.kind == "subsidiary"),
    }
    return Figures(**(told | more))  # type: ignore[arg-type]


GROUP = [place("001", "group"), place("001001"), place("001001001", "branch"), place("001002")]


def test_a_unit_adds_its_own_to_what_stands_below_it() -> None:
    group, mill, branch, port = GROUP
    counted: dict[str, dict[UUID, object]] = {"head": {mill.id: 3, branch.id: 4, port.id: 5}}
    found = figures(GROUP, counted=counted)
    assert [found.own(each.id, "head").value for each in GROUP] == [0, 3, 4, 5]
    assert [found.total(each.id, "head").value for each in GROUP] == [12, 7, 4, 5]
    assert found.of(group.id)["head"] == found.total(group.id, "head")
    assert found.total(group.id, "head").derived == 12


NUMBERS = st.integers(0, 9) | st.sampled_from((State.UNKNOWN, State.NOT_APPLICABLE))
TOLD = st.builds(Told, st.just(State.NUMBER), st.integers(0, 9)) | st.sampled_from(WITHOUT).map(
    Told
)


@given(st.data())
def test_the_total_of_a_unit_is_the_sum_of_all_own_values_below_it(data: st.DataObject) -> None:
    ids = [each.id for each in GROUP]
    some = st.sets(st.sampled_from(ids)).map(frozenset)
    found = figures(
        GROUP,
        counted={"head": data.draw(st.dictionaries(st.sampled_from(ids), NUMBERS))},
        derived_at={"people": data.draw(some)},
        typed={
            code: data.draw(st.dictionaries(st.sampled_from(ids), TOLD))
            for code in ("head", "stock")
        },
        asked=data.draw(some),
    )
    for unit in ids:
        for code in ("head", "stock"):
            parts = [found.own(place.id, code) for place in found.below(unit)]
            assert found.total(unit, code) == total(parts)


def test_who_owes_a_number_and_told_none_is_unknown_and_others_were_not_asked() -> None:
    group, mill, branch, port = GROUP
    found = figures(GROUP, typed={"stock": {mill.id: Told(State.NUMBER, 40)}})
    assert found.own(branch.id, "stock").state is State.NOT_ASKED
    assert found.own(port.id, "stock").state is State.UNKNOWN
    whole = found.total(group.id, "stock")
    assert (whole.value, whole.missing, whole.source) == (40, 1, Source.TYPED)


def test_what_does_not_add_up_is_shown_for_the_unit_alone() -> None:
    group, mill, _, _ = GROUP
    found = figures(GROUP, typed={"cover": {mill.id: Told(State.NUMBER, 5)}})
    assert found.total(group.id, "cover").state is State.NOT_ASKED
    assert found.total(mill.id, "cover").value == 5


def test_an_app_can_say_that_a_number_is_not_applicable_or_not_known_somewhere() -> None:
    group, mill, _, port = GROUP
    counted = {"head": {mill.id: State.NOT_APPLICABLE, port.id: State.UNKNOWN}}
    found = figures(GROUP, counted=counted)
    assert found.own(mill.id, "head").state is State.NOT_APPLICABLE
    assert found.total(group.id, "head").missing == 1


def test_the_nearest_unit_above_decides_whether_an_app_is_in_use() -> None:
    group, mill, branch, port = GROUP
    said = [
        Adopted("001", "gates", in_use=False, valid_from=DAY),
        Adopted("001001", "gates", in_use=False, valid_from=DAY),
        Adopted("001001", "gates", in_use=True, valid_from=date(2020, 2, 1)),
        Adopted("001", "other", in_use=True, valid_from=DAY),
    ]
    assert using(GROUP, said, "gates", default=True) == {mill.id, branch.id}
    assert using(GROUP, [], "gates", default=True) == {each.id for each in GROUP}
    assert using(GROUP, [], "gates", default=False) == frozenset()
    assert using([port], said[1:3], "gates", default=True) == {port.id}
    assert group.id not in using(GROUP, said, "gates", default=True)


def test_what_is_typed_is_read_by_the_kind_of_the_figure() -> None:
    def of(kind: Kind) -> Figure:
        return Figure("x", "x", "x", "", True, "s", 1, kind=kind)  # noqa: FBT003

    assert read(of(Kind.WHOLE), " 1,234 ") == Told(State.NUMBER, 1234)
    assert read(of(Kind.DECIMAL), "45.5") == Told(State.NUMBER, Decimal("45.5"))
    assert read(of(Kind.TEXT), "张三") == Told(State.NUMBER, None, "张三")
    assert read(of(Kind.WHOLE), "", State.UNKNOWN) == Told(State.UNKNOWN)
    for kind, text in [
        (Kind.WHOLE, ""),
        (Kind.WHOLE, "many"),
        (Kind.WHOLE, "1.5"),
        (Kind.WHOLE, "-1"),
        (Kind.WHOLE, "NaN"),
        (Kind.WHOLE, "1" + "0" * 12),
        (Kind.DECIMAL, "1.234"),
        (Kind.TEXT, "字" * 201),
    ]:
        with pytest.raises(BadInput):
            read(of(kind), text)
