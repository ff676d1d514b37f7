from hypothesis import given
from hypothesis import strategies as st

from lianfang.ground.orgs.rules.arranging import TOP, arranged, depth

CODES = st.sampled_from("ABCDEFGH")
ROWS = st.dictionaries(CODES, CODES | st.just(TOP))


def test_superiors_come_before_what_stands_under_them() -> None:
    found = arranged({"C": "B", "B": "A", "A": TOP}, {})
    assert list(found.order) == ["A", "B", "C"]
    assert not found.wrong


def test_units_that_stand_under_each_other_go_in_a_circle() -> None:
    found = arranged({"A": "B", "B": "A", "C": "A", "D": "D", "E": TOP}, {})
    assert found.wrong == {"A": "cycle", "B": "cycle", "C": "unknown_unit", "D": "cycle"}
    assert list(found.order) == ["E"]


def test_a_circle_may_close_over_a_unit_that_stands_already() -> None:
    standing = {"G": TOP, "A": "G", "B": "A"}
    assert arranged({"A": "B"}, standing).wrong == {"A": "cycle"}
    assert not arranged({"A": "B", "B": "G"}, standing).wrong


def test_what_hangs_under_a_wrong_row_counts_on_what_stands() -> None:
    standing = {"G": TOP, "A": "G"}
    found = arranged({"A": "X", "B": "A"}, standing)
    assert found.wrong == {"A": "unknown_unit"}
    assert list(found.order) == ["B"]


@given(ROWS, st.dictionaries(CODES, st.just(TOP)))
def test_every_row_is_arranged_or_wrong_and_never_both(
    rows: dict[str, str], standing: dict[str, str]
) -> None:
    found = arranged(rows, standing)
    assert {*found.order} | {*found.wrong} == {*rows}
    assert not {*found.order} & {*found.wrong}


@given(ROWS, st.dictionaries(CODES, st.just(TOP)))
def test_the_tree_that_comes_out_has_a_top_above_everybody(
    rows: dict[str, str], standing: dict[str, str]
) -> None:
    found = arranged(rows, standing)
    tree = standing | {code: rows[code] for code in found.order}
    seen = set(standing) - set(rows)
    for code in found.order:
        assert tree[code] == TOP or tree[code] in tree
        assert depth(code, tree) < len(tree) + 1
        seen.add(code)
    assert seen <= set(tree)


@given(ROWS)
def test_the_order_of_the_rows_does_not_matter(rows: dict[str, str]) -> None:
    backwards = dict(reversed(rows.items()))
    first, second = arranged(rows, {}), arranged(backwards, {})
    assert first.wrong == second.wrong
    assert {*first.order} == {*second.order}
