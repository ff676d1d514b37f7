"""The signs of the house: ring, glyph, delta, fact, and what a form's field says."""

from datetime import UTC, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation


def shown(text: str, **given: object) -> str:
    with translation.override("zh-hans"):
        return Template("{% load lf %}" + text).render(Context(given))


def test_a_ring_has_one_quarter_for_each_stage() -> None:
    quarters = [
        shown("{% ring state %}", state=state).count('class="lf-on"')
        for state in ("assigned", "acknowledged", "done")
    ]
    assert quarters == [1, 2, 3]


def test_a_closed_ring_says_that_somebody_has_seen_it() -> None:
    ring = shown('{% ring "verified" late=True %}')
    assert "lf-ring-closed" in ring
    assert 'aria-label="已核验，闭环"' in ring


def test_a_late_ring_is_marked_and_a_returned_one_too() -> None:
    assert "lf-ring-late" in shown('{% ring "assigned" late=True %}')
    assert "lf-ring-returned" in shown('{% ring "returned" late=True %}')
    assert "lf-ring-waived" in shown('{% ring "waived" %}')


def test_a_status_stands_as_shape_and_word() -> None:
    drawn = shown('{% status "bad" "发热" %}')
    assert "lf-glyph-bad" in drawn
    assert drawn.endswith("发热</span>")


@pytest.mark.parametrize("kind", ["ok", "warn", "bad", "none"])
def test_a_sign_brings_no_space_of_its_own(kind: str) -> None:
    assert shown("a{% glyph kind %}b", kind=kind).startswith("a<svg")
    assert shown("a{% glyph kind %}b", kind=kind).endswith("</svg>b")


def test_a_pass_has_a_shape_for_each_word() -> None:
    shapes = {
        shown("{% pass_sign kind %}", kind=kind)
        for kind in ("may_enter", "check_first", "not_now", "unknown")
    }
    assert len(shapes) == 4


def test_a_change_is_neutral_and_none_is_no_yesterday() -> None:
    assert "lf-delta-up" in shown("{% delta 2 %}")
    assert ">2</span>" in shown("{% delta change %}", change=-2)
    assert "持平" in shown("{% delta 0 %}")
    assert "无昨日" in shown("{% delta change %}", change=None)


def test_a_number_opens_to_its_facts() -> None:
    number = shown('{% fact 3928 "/figures/staff" label="在册 3,928 人，打开名单" %}')
    assert 'href="/figures/staff"' in number
    assert 'hx-target="#lf-drawer-mount"' in number
    assert ">3,928</a>" in number


def test_the_four_values_are_never_shown_alike() -> None:
    told = {
        shown("{% fact 0 %}"),
        shown("{% fact value %}", value=None),
        shown('{% fact value state="not_applicable" %}', value=None),
        shown('{% fact value state="not_asked" %}', value=None),
    }
    assert len(told) == 4


def test_a_typed_number_and_an_overridden_one_say_so() -> None:
    number = shown('{% fact 6 "/x" source="typed" was=5 into="pop" unit="人" %}')
    assert '<s class="lf-fact-was">5</s>' in number
    assert "手填" in number
    assert 'hx-target="#lf-pop"' in number
    assert "6 人" in number


def test_a_zero_in_a_grid_is_a_quiet_dot() -> None:
    assert "·" in shown("{% fact 0 dot=True %}")
    assert "·" not in shown("{% fact 0 %}")


def test_a_countdown_gives_the_instant_and_shows_the_clock_without_a_script() -> None:
    until = datetime(2020, 1, 31, 9, 0, tzinfo=UTC)
    place = shown("{% countdown until %}", until=until)
    assert 'data-until="2020-01-31T09:00:00+00:00"' in place
    assert ">17:00</time>" in place


def test_what_identifies_a_person_is_masked() -> None:
    assert shown('{{ number|mask:"phone" }}', number="13800138000") == "138****8000"
    assert shown('{{ number|mask:"name" }}', number="") == ""


class Form(forms.Form):
    name = forms.CharField(label="姓名", help_text="按身份证")
    phone = forms.CharField(label="手机", required=False)
    agreed = forms.BooleanField(label="已核对")
    signs = forms.MultipleChoiceField(
        label="症状", choices=[("a", "发热")], widget=forms.CheckboxSelectMultiple, required=False
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_has_label_hint_and_its_error_as_one_sentence() -> None:
    form = Form({"name": ""})
    field = shown("{% field form.name %}", form=form)
    assert '<label for="id_name">姓名</label>' in field
    assert 'id="id_name_helptext"' in field
    assert 'id="id_name_error"' in field
    assert 'aria-invalid="true"' in field


def test_a_field_that_may_stay_empty_says_so() -> None:
    assert "没有可不填" in shown("{% field form.phone %}", form=Form())


def test_boxes_groups_and_hidden_fields_have_their_own_shape() -> None:
    assert 'class="lf-check"' in shown("{% field form.agreed %}", form=Form())
    assert "<legend>症状" in shown("{% field form.signs %}", form=Form())
    assert "<label" not in shown("{% field form.token %}", form=Form())


def test_what_is_wrong_with_the_whole_form_stands_before_its_fields() -> None:
    form = Form({})
    form.add_error(None, "合计与分类之和对不上。")
    page = shown('{% include "web/_form.html" %}', form=form)
    assert page.index("对不上") < page.index("姓名")
