"""Forms in our look: every field has its label, its hint and its errors where a screen reader finds them."""

import re

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.template import Context, Template


class VisitForm(forms.Form):
    group = forms.CharField(label="哪个单位", help_text="只公开类别和人数")
    kind = forms.ChoiceField(label="来的是", choices=[("s", "学生"), ("m", "党员")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="看过说明")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def rendered(form, template="{% load crispy_forms_tags %}{{ form|crispy }}"):
    return Template(template).render(Context({"form": form}))


def test_every_field_has_its_label_and_hint():
    html = rendered(VisitForm())

    assert '<label for="id_group">哪个单位</label>' in html
    assert '<span class="hint" id="id_group_helptext">只公开类别和人数</span>' in html
    assert 'aria-describedby="id_group_helptext"' in html
    assert "<legend>来的是</legend>" in html
    assert len(re.findall(r'<label class="choice"', html)) == 3
    assert '<input type="hidden" name="token"' in html
    assert "error-summary" not in html


def test_errors_stand_at_the_field_and_lead_there_from_the_top():
    html = rendered(VisitForm({}))

    assert "还差 3 处，改好再交" in html
    assert '<a href="#id_group">' in html
    assert '<span class="error" id="id_group_error">' in html
    assert 'aria-invalid="true"' in html


def test_a_helper_lays_the_form_out():
    form = VisitForm()
    form.helper = FormHelper()
    form.helper.layout = Layout(Fieldset("参观", "group", "kind"), Submit("send", "提交预约"))

    html = rendered(form, "{% load crispy_forms_tags %}{% crispy form %}")

    assert 'method="post"' in html
    assert "<legend>参观</legend>" in html
    assert '<button class="button" type="submit" name="send" value="1">提交预约</button>' in html
