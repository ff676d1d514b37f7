"""How people say in a chat what the questions of the pack ask: language, never policy."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

#: What people call the symptoms of a pack, by their codes; a code that the pack lacks is not used.
CALLED: Mapping[str, tuple[str, ...]] = {
    "fever": ("发热", "发烧", "低烧", "高烧", "低热", "高热"),
    "cough": ("干咳", "咳嗽", "咳痰", "咳"),
    "fatigue": ("乏力", "无力", "没力气", "没有力气"),
    "dyspnoea": ("气促", "气喘", "胸闷", "呼吸困难", "喘不上气"),
    "sore_throat": ("咽喉疼痛", "咽喉痛", "咽痛", "喉咙痛", "喉咙疼", "嗓子痛", "嗓子疼"),
    "diarrhoea": ("腹泻", "拉肚子", "拉稀"),
    "other": (
        *("流鼻涕", "流涕", "鼻塞", "感冒", "头痛", "头疼", "头晕", "恶心", "呕吐"),
        *("肌肉酸痛", "不舒服"),
    ),
}
NO = r"(?:没有出现|未出现|没有|否认|未见|没|无|未|不)(?:任何|明显)?"
PAST = r"(?:昨天|昨日|昨晚|昨夜|前天|前几天|前两天|前段时间|上周|上星期|之前|以前|曾经|曾)"
A_LITTLE = r"(?:有一点点|有一点|有点儿|有点|有些|有轻微|轻微|偶尔|略有|略|有)?"
#: No comma: what follows one in “不咳嗽，发烧” is not denied for sure.
JOINED = r"(?:[、/]|和|及|或|与|以及)?"
WELL = (
    *("无任何症状", "没有任何症状", "没有症状", "没症状", "无症状", "无相关症状"),
    *("无任何不适", "没有任何不适", "没有不适", "没不适", "无不适", "无任何异常", "没有异常"),
    *("无异常", "身体健康", "身体良好", "身体正常", "一切正常", "一切都好", "一切良好", "健康"),
)
FINE = ("体温均正常", "体温都正常", "体温正常", "温度正常", "均正常", "都正常", "正常")
SAME = ("同上", "同前", "同楼上", "和上面一样", "跟上面一样", "同上一条")
SHARED = ("都是", "均为", "均", "都")
FAMILY = r"(?:家人|家属|家里人|家庭成员|同住人员|同住人|家中|全家)"
#: One of those at home; what he has is his, and that he is well says nothing of the others.
KIN = (
    r"(?:爱人|老婆|老公|妻子|丈夫|媳妇|老伴|对象|女友|男友|女朋友|男朋友|室友|舍友|同屋|邻居|儿子|女儿"
    r"|孩子|小孩|宝宝|孙子|孙女|爸爸|妈妈|爸妈|父亲|母亲|父母|我爸|我妈|老爸|老妈|爷爷|奶奶|外公|外婆"
    r"|公公|婆婆|公婆|岳父|岳母|丈人|丈母娘|哥哥|弟弟|姐姐|妹妹)"
)
FAMILY_WELL = (
    r"(?:都|均|也)?(?:无异常|无症状|没有症状|无不适|没有不适|健康|正常|一切正常|都好|均好|良好)"
)
MET = r"(?:接触|见过|碰到)"
NOT_MET = r"(?:未|没有|没|无|不曾)(?:与|和|跟)?"
CASE = r"(?:确诊|疑似|病例|病人|患者|密接|密切接触者)"
#: What nobody reads over: a line that says so is looked at before anything is recorded.
HEAVY = re.compile(
    rf"隔离|住院|医院|确诊|疑似|密接|阳性|核酸|接触|发热门诊|退烧|120|封控|封闭|{FAMILY}|{KIN}|"
    + "|".join(word for words in CALLED.values() for word in words if len(word) > 1)
)
#: The same where it stands across pieces of a line: a fever clinic is no fever.
GRAVE = re.compile(r"隔离|住院|阳性|核酸|发热门诊|退烧|(?<!\d)120(?!\d)|封控")
NEUTRAL = frozenset(
    {"体温", "温度", "早", "晚", "中", "早上", "上午", "中午", "下午", "晚上", "度"}
)
#: A chat leaves these behind: who was quoted, what kind of message it was.
EXAMPLE = re.compile(r"^(?:例|示例|例如|样例|格式|模板)\s*[:;、.\s]")


def either(words: Sequence[str]) -> str:
    """Return a pattern for one of some words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


@dataclass(frozen=True)
class Vocabulary:
    """The words of a unit: symptoms of the pack, its town, areas to look out for, its people."""

    symptoms: Mapping[str, str]
    home: Sequence[str] = ()
    home_regions: Sequence[str] = ()
    areas: Sequence[str] = ()
    names: frozenset[str] = field(default_factory=frozenset)
    departments: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def code_of(self) -> Mapping[str, str]:
        """Return the code of the pack for every word that means a symptom."""
        found = {
            word: code for code, words in CALLED.items() if code in self.symptoms for word in words
        }
        return found | {word: code for code, word in self.symptoms.items() if word}

    @cached_property
    def symptom(self) -> str:
        """Return the pattern of one symptom."""
        return f"(?:{either(list(self.code_of))})"

    @cached_property
    def denied(self) -> re.Pattern[str]:
        """Return the pattern of symptoms that are denied, one or a list of them."""
        one = self.symptom
        return re.compile(
            rf"{NO}(?:{one}(?:{JOINED}{one})*)(?P<etc>等?(?:症状|不适|情况|现象)|等)?"
        )

    @cached_property
    def past(self) -> re.Pattern[str]:
        """Return the pattern of a symptom that somebody had earlier."""
        return re.compile(rf"{PAST}\s*[^\d\s,。;、]{{0,4}}?(?P<what>{self.symptom})(?:过|了)?")

    @cached_property
    def has(self) -> re.Pattern[str]:
        """Return the pattern of a symptom that somebody says to have."""
        return re.compile(rf"{A_LITTLE}(?P<what>{self.symptom})(?!症状)")

    @cached_property
    def in_town(self) -> re.Pattern[str]:
        """Return the pattern of being in town."""
        town = either([*self.home, "本地", "本市", "当地"])
        return re.compile(
            rf"(?:人|目前|一直|现)?在(?:{town})(?:市)?(?:未离开|未外出)?"
            rf"|(?:未离开|没离开|未离|没离|没出|未出)(?:{town})|(?:已返|已回|返|回)(?:{town})|^本地$"
        )

    @cached_property
    def away(self) -> re.Pattern[str]:
        """Return the pattern of being out of town."""
        town = either([*self.home, "本地", "本市", "当地"])
        return re.compile(
            rf"(?:不在|没在|未在)(?:{town})|(?:未返|未回|没返|没回|还没回|尚未返)(?:{town})?(?:来)?"
            rf"|(?:人|目前|还)?在?外地|(?:人|目前|还)?在老家|(?:还)?没回来"
        )

    @cached_property
    def not_risk(self) -> re.Pattern[str]:
        """Return the pattern of not having met people from the areas."""
        where = either([*self.areas, "疫区", "重点地区", "重点疫区", "高风险地区", "中高风险地区"])
        return re.compile(
            rf"{NOT_MET}{MET}(?:过)?(?:来自)?(?:{where})(?:人员|人|来人|返回人员)?(?:接触史)?"
        )

    @cached_property
    def risk(self) -> re.Pattern[str]:
        """Return the pattern of having met people from the areas."""
        where = either([*self.areas, "疫区", "重点地区", "重点疫区", "高风险地区", "中高风险地区"])
        return re.compile(rf"{MET}(?:过|了)(?:来自)?(?:{where})(?:人员|人|来人|返回人员)?")


NOT_CASE = re.compile(
    rf"{NOT_MET}{MET}(?:过)?{CASE}(?:人员|者)?|{NOT_MET}(?:密接|密切接触)(?:史|者)?"
)
WITH_CASE = re.compile(rf"{MET}(?:过|了){CASE}(?:人员|者)?")
FAMILY_IS_WELL = re.compile(FAMILY + FAMILY_WELL)
WELL_SAID = re.compile(either(WELL))
FINE_SAID = re.compile(either(FINE))
SAME_SAID = re.compile(either(SAME))
SHARED_SAID = re.compile(either(SHARED))


def family_has(symptom: str) -> re.Pattern[str]:
    """Return the pattern of somebody at home who has a symptom."""
    return re.compile(
        rf"(?:{FAMILY}|{KIN})[^\d\s,。;、没无未不否]{{0,3}}?(?:{symptom}|有症状|不适)"
    )
