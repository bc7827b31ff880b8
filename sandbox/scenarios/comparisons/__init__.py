"""How a field is compared: one file a word, found by the word the file uses."""

from sandbox.scenarios.comparisons.after import After
from sandbox.scenarios.comparisons.at_least import AtLeast
from sandbox.scenarios.comparisons.at_most import AtMost
from sandbox.scenarios.comparisons.base import Comparison
from sandbox.scenarios.comparisons.before import Before
from sandbox.scenarios.comparisons.between import Between
from sandbox.scenarios.comparisons.contains import Contains
from sandbox.scenarios.comparisons.different import Different
from sandbox.scenarios.comparisons.equals import Equals
from sandbox.scenarios.comparisons.filled import Filled
from sandbox.scenarios.comparisons.one_of import OneOf
from sandbox.scenarios.comparisons.within import Within

COMPARISONS: dict[str, type[Comparison]] = {
    comparison.word: comparison
    for comparison in (
        Different,
        OneOf,
        Filled,
        Contains,
        Before,
        After,
        AtLeast,
        AtMost,
        Between,
        Within,
    )
}

__all__ = ["COMPARISONS", "Comparison", "Equals"]
