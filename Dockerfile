# An image with the generator, which builds the digest in the folder /digest:
#   docker build -t digest . && docker run --rm -v "$PWD:/digest" --user "$(id -u):$(id -g)" digest build --strict
# The base image is pinned by version; Dependabot updates it.
FROM python:3.12.8-slim-bookworm AS wheel
WORKDIR /source
COPY pyproject.toml README.md LICENSE requirements.lock mkdocs.yml .gitlab-ci.yml ./
COPY generator generator
COPY theme theme
COPY .github .github
RUN python -m pip install --no-cache-dir --no-compile --require-hashes -r requirements.lock \
    && python -m hatchling build -t wheel -d /wheels

FROM python:3.12.8-slim-bookworm
COPY requirements.lock /tmp/
COPY --from=wheel /wheels /tmp/wheels
RUN python -m pip install --no-cache-dir --require-hashes -r /tmp/requirements.lock \
    && python -m pip install --no-cache-dir --no-deps /tmp/wheels/*.whl \
    && rm -rf /tmp/wheels /tmp/requirements.lock \
    && useradd --create-home digest
USER digest
ENV DIGEST_CACHE=/tmp/digest-cache
WORKDIR /digest
ENTRYPOINT ["digest"]
CMD ["build", "--strict"]
