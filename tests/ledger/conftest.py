"""The same desk as the CRM's tests have."""

from tests.crm.conftest import desk, russian_desk

__all__ = ["desk", "russian_desk"]
