"""What the judge says, in Russian; the sentences are built so that no inserted word needs declining."""

from datetime import date

from babel.dates import format_date

SENTENCES = {
    "equals": "%(value)s",
    "not": "что угодно, кроме: %(value)s",
    "one_of": "%(value)s",
    "filled": "что-то указано",
    "filled.text": "что-то написано",
    "not_filled": "ничего",
    "contains": "текст, в котором есть %(value)s",
    "before": "раньше, чем %(value)s",
    "after": "позже, чем %(value)s",
    "at_least": "не меньше %(value)s",
    "at_most": "не больше %(value)s",
    "between": "от %(low)s до %(high)s",
    "within": "не позже чем через %(value)s",
    "tick": "%(text)s",
    "part.event": "%(action)s",
    "part.on": "%(record)s",
    "part.field": "%(field)s: %(expected)s",
    "part.state": "%(state)s",
    "part.record": "%(type)s",
    "part.own": "сделано вами",
    "part.refusal": "Отказ: %(action)s",
    "field.name": "%(field)s",
    "record_field": "карточка",
    "a_record": "карточка",
    "differs": "в поле «%(field)s» сейчас %(actual)s, а нужно %(expected)s",
    "differs.full": "в поле «%(field)s» сейчас %(actual)s, а должно быть пусто",
    "differs.twin": "в поле «%(field)s» другая карточка с тем же названием, %(actual)s",
    "differs.empty": "поле «%(field)s» пока пустое",
    "differs.state": "должно быть так: %(state)s",
    "differs.on": "нужна другая карточка, %(expected)s",
    "near.event": "«%(action)s», %(record)s: %(differs)s.",
    "near.event.right": "«%(action)s», %(record)s: %(differs)s. Остальное верно: %(right)s.",
    "near.record": "%(record)s: %(differs)s.",
    "near.record.right": "%(record)s: %(differs)s. Остальное верно: %(right)s.",
    "none.tick": "Пока не выполнено: «%(text)s».",
    "none.event": "Ещё не сделано: «%(action)s».",
    "none.event.on": "Ещё не сделано: «%(action)s», %(record)s.",
    "none.event.refused": "Система отказала: «%(action)s».",
    "none.record": "Пока ничего не подходит. Нужно: %(type)s (%(expected)s).",
    "none.record.bare": "Пока нет: %(type)s.",
    "not_yours": "%(record)s: всё верно, но так было и раньше.",
    "not_yours.bare": "Всё уже так, но не вашими руками: %(type)s.",
    "deleted": "%(record)s: карточка удалена.",
    "absent": "Карточки больше нет: %(type)s.",
    "many": "%(type)s: таких карточек %(found)s, а нужно %(wanted)s. Проверьте: %(records)s.",
    "many.none": "%(type)s: такого быть не должно, а есть %(records)s.",
    "many.tick": "Теперь это не так: «%(text)s». Посмотрите: %(records)s.",
    "few": "%(type)s: таких карточек %(found)s, а нужно %(wanted)s. %(near)s",
    "many.event": "«%(action)s»: сделано раз: %(found)s, а нужно: %(wanted)s.",
    "few.event": "«%(action)s»: сделано раз: %(found)s, а нужно: %(wanted)s.",
    "exactly": "%(count)s",
    "or_more": "не меньше %(count)s",
    "or_fewer": "не больше %(count)s",
    "unbound": "Сначала выполните предыдущий шаг: того, что он создаёт, пока нет.",
    "too_early": "Сначала нужен шаг %(step)s.",
    "no_refusal": "Отказа не было: «%(action)s».",
    "empty": "пусто",
    "yes": "да",
    "no": "нет",
    "needs.stage": "У компании нет этапа %(code)s.",
    "needs.field": "У компании нет поля %(code)s.",
    "needs.action": "У компании нет действия %(code)s.",
    "needs.role": "У компании нет должности %(code)s.",
    "needs.choice": "У компании нет значения %(code)s.",
    "needs.other": "У компании нет того, о чём говорит сценарий: %(fault)s.",
}

# What to do about it: said while it still can be done, left out when the run is over.
REMEDIES = {
    "near.event": "Сделайте ещё раз, как сказано в шаге.",
    "near.event.right": "Сделайте ещё раз, как сказано в шаге.",
    "near.record": "Исправьте это в карточке.",
    "near.record.right": "Исправьте это в карточке.",
    "none.tick": "Сделайте это, как сказано в шаге.",
    "none.event": "Сделайте это, как сказано в шаге.",
    "none.event.on": "Откройте эту карточку и сделайте это в ней.",
    "none.event.refused": "Прочтите причину, исправьте и повторите.",
    "none.record": "Сделайте это, как сказано в шаге.",
    "none.record.bare": "Сделайте это, как сказано в шаге.",
    "not_yours": "Выполните этот шаг сами.",
    "not_yours.bare": "Выполните этот шаг сами.",
    "deleted": "Восстановите её или вернитесь на шаг назад.",
    "absent": "Вернитесь на шаг назад.",
    "many": "Уберите лишнее.",
    "many.none": "Отмените это или вернитесь на шаг назад.",
    "many.tick": "Отмените лишнее или вернитесь на шаг назад.",
    "few": "Сделайте остальное.",
    "many.event": "Отмените лишнее.",
    "few.event": "Сделайте остальное.",
    "too_early": "Завершите его, затем вернитесь к этому.",
}

SPANS = {
    "minute": ("%d минуту", "%d минуты", "%d минут"),
    "hour": ("%d час", "%d часа", "%d часов"),
    "day": ("%d день", "%d дня", "%d дней"),
    "week": ("%d неделю", "%d недели", "%d недель"),
    "month": ("%d месяц", "%d месяца", "%d месяцев"),
}
QUOTES = "«%s»"
OR = " или "


def plural(n: int) -> int:
    """Which form of a word stands after a number."""
    if n % 10 == 1 and n % 100 != 11:
        return 0
    return 1 if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else 2


def days(low: date, high: date) -> str:
    """A stretch of days: с 25 по 27 ноября; the year only where it turns."""
    if low == high:
        return _day(low, "d MMMM")
    since = "со" if low.day == 2 else "с"
    if low.year != high.year:
        return f"{since} {_day(low, 'd MMMM y')} по {_day(high, 'd MMMM y')}"
    return f"{since} {_day(low, 'd' if low.month == high.month else 'd MMMM')} по {_day(high, 'd MMMM')}"


def _day(day: date, pattern: str) -> str:
    return str(format_date(day, pattern, locale="ru"))
