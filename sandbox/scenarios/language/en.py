"""What the judge says, in English: what is wrong, and apart from it what to do."""

from datetime import date

from babel.dates import format_date

SENTENCES = {
    # what is expected of a field
    "equals": "%(value)s",
    "not": "anything but %(value)s",
    "one_of": "%(value)s",
    "filled": "something is given",
    "filled.text": "something is written",
    "not_filled": "nothing",
    "contains": "words with %(value)s",
    "before": "before %(value)s",
    "after": "after %(value)s",
    "at_least": "%(value)s or more",
    "at_most": "%(value)s or less",
    "between": "from %(low)s to %(high)s",
    "within": "within %(value)s from now",
    # the tick-boxes
    "tick": "%(text)s",
    "part.event": "%(action)s",
    "part.on": "%(record)s",
    "part.field": "%(field)s: %(expected)s",
    "part.state": "%(state)s",
    "part.record": "%(type)s",
    "part.own": "done by you",
    "part.refusal": "Turned down: %(action)s",
    "field.name": "%(field)s",
    "record_field": "the card it is on",
    "a_record": "record",
    # near misses
    "differs": "%(field)s is %(actual)s, expected %(expected)s",
    "differs.full": "%(field)s is %(actual)s and should be empty",
    "differs.twin": "%(field)s is another card of the same name, %(actual)s",
    "differs.empty": "%(field)s is still empty",
    "differs.state": "it should be so: %(state)s",
    "differs.on": "it belongs on the %(expected)s",
    "near.event": "“%(action)s” on the %(record)s: %(differs)s.",
    "near.event.right": "“%(action)s” on the %(record)s: %(differs)s. The rest is right: %(right)s.",
    "near.record": "%(record)s: %(differs)s.",
    "near.record.right": "%(record)s: %(differs)s. The rest is right: %(right)s.",
    # nothing near, or too much
    "none.tick": "Still missing: “%(text)s”.",
    "none.event": "Not done yet: “%(action)s”.",
    "none.event.on": "Not done yet: “%(action)s” on the %(record)s.",
    "none.event.refused": "It was turned down: “%(action)s”.",
    "none.record": "Nothing fits yet. Wanted: %(type)s (%(expected)s).",
    "none.record.bare": "There is none yet: %(type)s.",
    "not_yours": "%(record)s stands right, but it was so before.",
    "not_yours.bare": "It is so already, but not by your work: %(type)s.",
    "deleted": "%(record)s was deleted.",
    "absent": "The record is not here any more: %(type)s.",
    "many": "%(type)s: there are %(found)s, there should be %(wanted)s. Look at %(records)s.",
    "many.none": "%(type)s: there should be none like this, and there is %(records)s.",
    "many.tick": "Not so any more: “%(text)s”. Look at %(records)s.",
    "few": "%(type)s: there are %(found)s, there should be %(wanted)s. %(near)s",
    "many.event": "“%(action)s”: %(found)s done, %(wanted)s wanted.",
    "few.event": "“%(action)s”: %(found)s done, %(wanted)s wanted.",
    "exactly": "%(count)s",
    "or_more": "%(count)s or more",
    "or_fewer": "%(count)s or fewer",
    "unbound": "An earlier step comes first: what it makes is not there yet.",
    "too_early": "Step %(step)s comes first.",
    "no_refusal": "It was not turned down: “%(action)s”.",
    "empty": "empty",
    "yes": "yes",
    "no": "no",
    # why a company cannot play
    "needs.stage": "The company has no stage %(code)s.",
    "needs.field": "The company has no field %(code)s.",
    "needs.action": "The company has no action %(code)s.",
    "needs.role": "The company has no job role %(code)s.",
    "needs.choice": "The company has no choice %(code)s.",
    "needs.other": "The company lacks a word of this scenario: %(fault)s.",
}

# What to do about it: said while it still can be done, left out when the run is over.
REMEDIES = {
    "near.event": "Do it once more as the step says.",
    "near.event.right": "Do it once more as the step says.",
    "near.record": "Correct it there.",
    "near.record.right": "Correct it there.",
    "none.tick": "Do it as the step says.",
    "none.event": "Do it as the step says.",
    "none.event.on": "Open that record and do it there.",
    "none.event.refused": "Read the reason, set it right and try again.",
    "none.record": "Do it as the step says.",
    "none.record.bare": "Do it as the step says.",
    "not_yours": "Do this step yourself.",
    "not_yours.bare": "Do this step yourself.",
    "deleted": "Restore it or go back a step.",
    "absent": "Go back a step.",
    "many": "Undo what is too many.",
    "many.none": "Undo it or go back a step.",
    "many.tick": "Undo it or go back a step.",
    "few": "Do the rest.",
    "many.event": "Undo what is too many.",
    "few.event": "Do the rest.",
    "too_early": "Finish it, then come back to this one.",
}

SPANS = {
    "minute": ("%d minute", "%d minutes"),
    "hour": ("%d hour", "%d hours"),
    "day": ("%d day", "%d days"),
    "week": ("%d week", "%d weeks"),
    "month": ("%d month", "%d months"),
}
QUOTES = "“%s”"
OR = " or "


def plural(n: int) -> int:
    """Which form of a word stands after a number."""
    return 0 if n == 1 else 1


def days(low: date, high: date) -> str:
    """A stretch of days: from November 25 to 27; the year only where it turns."""
    if low == high:
        return f"on {_day(low, 'MMMM d')}"
    if low.year != high.year:
        return f"from {_day(low, 'long')} to {_day(high, 'long')}"
    return f"from {_day(low, 'MMMM d')} to {_day(high, 'd' if low.month == high.month else 'MMMM d')}"


def _day(day: date, pattern: str) -> str:
    return str(format_date(day, pattern, locale="en"))
