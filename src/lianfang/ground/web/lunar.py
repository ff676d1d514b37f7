"""Days by the lunar calendar, in the words that a Chinese calendar prints."""

from datetime import date

from lunardate import LunarDate

MONTHS = "正二三四五六七八九十冬腊"
DIGITS = "一二三四五六七八九十"
FIRST_YEAR, LAST_YEAR = 1900, 2099
TENTH, TWENTIETH, THIRTIETH = 10, 20, 30


def name(day: date) -> str:
    """Return month and day, 正月初七; nothing outside the years that the tables cover."""
    if not FIRST_YEAR < day.year <= LAST_YEAR:
        return ""
    found = LunarDate.from_solar_date(day.year, day.month, day.day)
    leap = "闰" if found.is_leap_month else ""
    return f"{leap}{MONTHS[found.month - 1]}月{_day(found.day)}"


def _day(number: int) -> str:
    if number <= TENTH:
        return "初" + DIGITS[number - 1]
    if number in {TWENTIETH, THIRTIETH}:
        return DIGITS[number // TENTH - 1] + "十"
    tens = "十" if number < TWENTIETH else "廿"
    return tens + DIGITS[number % TENTH - 1]
