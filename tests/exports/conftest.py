"""The exports of the toy content and of the real content."""

import pytest

from generator.model.catalog import Catalog
from tests.support.export_texts import LICENSED, export_texts


@pytest.fixture(scope="module", params=["toy", "real"])
def catalog(request: pytest.FixtureRequest) -> Catalog:
    catalog: Catalog = request.getfixturevalue(request.param)
    return catalog


@pytest.fixture(scope="module")
def files(catalog: Catalog) -> dict[str, str]:
    return export_texts(catalog, LICENSED)
