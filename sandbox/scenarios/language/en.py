"""What the judge says, in English."""

SENTENCES = {
    # what is expected of a field
    "equals": "%(value)s",
    "not": "anything but %(value)s",
    "one_of": "one of %(value)s",
    "filled": "filled in",
    "not_filled": "left empty",
    "contains": "words with %(value)s",
    "before": "before %(value)s",
    "after": "after %(value)s",
    "at_least": "%(value)s or more",
    "at_most": "%(value)s or less",
    "between": "from %(low)s to %(high)s",
    "within": "within %(value)s from now",
    # parts: the tick-boxes
    "part.event": "%(action)s",
    "part.on": "Record: %(record)s",
    "part.field": "%(field)s: %(expected)s",
    "part.record": "%(type)s",
    "part.refusal": "Turned down: %(action)s",
    "field.name": "%(field)s",
    "record_field": "Record",
    # near misses
    "differs": "%(field)s is %(actual)s, expected %(expected)s",
    "near.event": "%(action)s, %(record)s: %(differs)s. Do it once more as the step says.",
    "near.event.right": "%(action)s, %(record)s: %(differs)s. Right already: %(right)s. "
    "Do it once more as the step says.",
    "near.record": "%(record)s: %(differs)s. Correct it there.",
    "near.record.right": "%(record)s: %(differs)s. Right already: %(right)s. Correct the rest.",
    # nothing near, or too much
    "none.event": "Not done yet: %(action)s.",
    "none.event.on": "Not done yet: %(action)s, on %(record)s.",
    "none.event.refused": "It was turned down: %(action)s. Read the reason, set it right and try again.",
    "none.record": "Nothing fits yet. Expected: %(type)s with %(expected)s.",
    "none.record.bare": "There is none yet: %(type)s.",
    "not_yours": "%(record)s stands right, but it was so before. Do this step yourself.",
    "not_yours.bare": "It is so already, but not by your work: %(type)s. Do this step yourself.",
    "deleted": "%(record)s was deleted. Restore it or go back a step.",
    "absent": "The record is not here any more: %(type)s. Go back a step.",
    "many": "%(type)s: found %(found)s, expected %(wanted)s. Look at %(records)s.",
    "few": "%(type)s: found %(found)s, expected %(wanted)s. %(near)s",
    "many.event": "%(action)s: found %(found)s, expected %(wanted)s. Undo what is too many.",
    "few.event": "%(action)s: found %(found)s, expected %(wanted)s. Do the rest.",
    "exactly": "%(count)s",
    "or_more": "%(count)s or more",
    "or_fewer": "%(count)s or fewer",
    "unbound": "An earlier step comes first: what it makes is not there yet.",
    "too_early": "First finish step %(step)s.",
    "no_refusal": "It was not turned down: %(action)s.",
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

SPANS = {
    "minute": ("%d minute", "%d minutes"),
    "hour": ("%d hour", "%d hours"),
    "day": ("%d day", "%d days"),
    "week": ("%d week", "%d weeks"),
    "month": ("%d month", "%d months"),
}


def plural(n: int) -> int:
    """Which form of a word stands after a number."""
    return 0 if n == 1 else 1


QUOTES = "“%s”"
