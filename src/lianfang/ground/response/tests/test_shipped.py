from pathlib import Path

import pytest

from lianfang.ground.response.rules import BadPack
from lianfang.ground.response.shipped import packs

HEAD = 'id: {id}\nparent: {parent}\nvalid_from: "2020-01-29T00:00:00+08:00"\n'
VALUE = 'values: {days: {value: 14, unit: d, source: "a paper", mark: F}}\n'


def test_a_parent_is_read_before_its_child(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HEAD.format(id="child", parent="old"), "utf-8")
    (tmp_path / "b.yaml").write_text(HEAD.format(id="old", parent="null") + VALUE, "utf-8")
    assert packs(tmp_path)["child"].whole("days") == 14


def test_a_pack_whose_parent_is_missing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HEAD.format(id="child", parent="nowhere"), "utf-8")
    with pytest.raises(BadPack, match="parent"):
        packs(tmp_path)
