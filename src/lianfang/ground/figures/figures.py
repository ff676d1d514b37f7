"""The figures of form F01, typed until an app counts them."""

from lianfang.ground.figures.form_f01 import enter_form

enter_form()
