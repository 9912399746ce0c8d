"""The references of all papers, for the tests of each format."""

import pytest

from generator.citation.reference import Reference, references
from generator.model.catalog import Catalog


@pytest.fixture(scope="module", params=["toy", "real"])
def cited(request: pytest.FixtureRequest) -> dict[str, Reference]:
    catalog: Catalog = request.getfixturevalue(request.param)
    return references(catalog, "en")
