"""What a clerk posts above a new 接龙, so that the answers come in a form that can be read."""

from collections.abc import Mapping, Sequence
from datetime import date

from lianfang.people.checkins.rules.policy import Policy

#: How a question of the pack is put in a chat, and how it is answered where nothing is wrong.
ASKED: Mapping[str, tuple[str, str]] = {
    "in_town": ("是否在{town}", "在{town}"),
    "symptoms": ("有无症状", "无症状"),
    "household_symptoms": ("家人有无症状", "家人无症状"),
    "contact_risk_area": ("有无接触{area}人员", "未接触{area}人员"),
    "contact_case": ("有无接触病例", "未接触病例"),
}


def header(unit: str, day: date, policy: Policy, town: str, areas: Sequence[str]) -> str:
    """Return the text for the group: what to answer, an answer as an example, what it costs."""
    words = {"town": town or "本地", "area": areas[0] if areas else "重点地区"}
    asked = [ASKED[each.code] for each in policy.questions if each.code in ASKED]
    warm = [("体温", "36.5")] if policy.thresholds.measured else []
    asked = [("姓名", "张三"), *warm, *asked]
    questions = "、".join(ask.format(**words) for ask, _ in asked)
    example = " ".join(say.format(**words) for _, say in asked)
    due = f"（{policy.due:%H:%M} 前）" if policy.due else ""
    lines = [
        "#接龙",
        f"{unit} {day.month}月{day.day}日健康接龙{due}",
        f"请依次写：{questions}。有不同的如实写。",
        f"例 {example}",
        policy.pay.zh,
    ]
    return "\n".join([*(line for line in lines if line), "", "1. "])
