"""The desks of the CRM’s tests."""

from tests.crm.conftest import desk, russian_desk

__all__ = ["desk", "russian_desk"]
