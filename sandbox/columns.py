"""Column types that mean the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

MINOR_UNITS = 100


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment in Python, a naive UTC one in the database; a naive value is refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None else None


class Money(TypeDecorator[Decimal]):
    """A Decimal of the space's currency in Python, whole minor units (kopecks, cents) in the database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        minor = Decimal(value) * MINOR_UNITS
        if minor != minor.to_integral_value():
            raise ValueError(f"{value} has more than two decimals")
        return int(minor)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return Decimal(value) / MINOR_UNITS if value is not None else None


class Percent(Money):
    """A share in per cent with up to two decimals, such as 7.5, kept as whole hundredths."""

    cache_ok = True
