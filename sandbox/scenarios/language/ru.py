"""What the judge says, in Russian; the sentences are built so that no inserted word needs declining."""

SENTENCES = {
    "equals": "%(value)s",
    "not": "что угодно, кроме: %(value)s",
    "one_of": "одно из: %(value)s",
    "filled": "заполнено",
    "not_filled": "пусто",
    "contains": "текст со словом %(value)s",
    "before": "раньше, чем %(value)s",
    "after": "позже, чем %(value)s",
    "at_least": "не меньше %(value)s",
    "at_most": "не больше %(value)s",
    "between": "от %(low)s до %(high)s",
    "within": "не позже чем через %(value)s",
    "part.event": "%(action)s",
    "part.on": "Карточка: %(record)s",
    "part.field": "%(field)s: %(expected)s",
    "part.record": "%(type)s",
    "part.refusal": "Отказ: %(action)s",
    "field.name": "%(field)s",
    "record_field": "Карточка",
    "differs": "%(field)s — сейчас %(actual)s, а нужно %(expected)s",
    "near.event": "%(action)s, %(record)s: %(differs)s. Выполните ещё раз, как сказано в шаге.",
    "near.event.right": "%(action)s, %(record)s: %(differs)s. Уже верно: %(right)s. "
    "Выполните ещё раз, как сказано в шаге.",
    "near.record": "%(record)s: %(differs)s. Исправьте это в карточке.",
    "near.record.right": "%(record)s: %(differs)s. Уже верно: %(right)s. Исправьте остальное.",
    "none.event": "Ещё не сделано: %(action)s.",
    "none.event.on": "Ещё не сделано: %(action)s. Карточка: %(record)s.",
    "none.event.refused": "Система отказала: %(action)s. Прочтите причину, исправьте и повторите.",
    "none.record": "Пока ничего не подходит. Нужно: %(type)s, где %(expected)s.",
    "none.record.bare": "Пока нет: %(type)s.",
    "not_yours": "%(record)s: всё верно, но так было и раньше. Выполните этот шаг сами.",
    "not_yours.bare": "Всё уже так, но не вашими руками: %(type)s. Выполните этот шаг сами.",
    "deleted": "%(record)s: карточка удалена. Восстановите её или вернитесь на шаг назад.",
    "absent": "Карточки больше нет: %(type)s. Вернитесь на шаг назад.",
    "many": "%(type)s: найдено %(found)s, а нужно %(wanted)s. Проверьте: %(records)s.",
    "few": "%(type)s: найдено %(found)s, а нужно %(wanted)s. %(near)s",
    "many.event": "%(action)s: найдено %(found)s, а нужно %(wanted)s. Отмените лишнее.",
    "few.event": "%(action)s: найдено %(found)s, а нужно %(wanted)s. Сделайте остальное.",
    "exactly": "%(count)s",
    "or_more": "не меньше %(count)s",
    "or_fewer": "не больше %(count)s",
    "unbound": "Сначала выполните предыдущий шаг: того, что он создаёт, пока нет.",
    "too_early": "Сначала завершите шаг %(step)s.",
    "no_refusal": "Отказа не было: %(action)s.",
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

SPANS = {
    "minute": ("%d минуту", "%d минуты", "%d минут"),
    "hour": ("%d час", "%d часа", "%d часов"),
    "day": ("%d день", "%d дня", "%d дней"),
    "week": ("%d неделю", "%d недели", "%d недель"),
    "month": ("%d месяц", "%d месяца", "%d месяцев"),
}


def plural(n: int) -> int:
    """Which form of a word stands after a number."""
    if n % 10 == 1 and n % 100 != 11:
        return 0
    return 1 if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else 2


QUOTES = "«%s»"
