# One image for the server, the deployments and the worker: compose.yaml says which one a container is.
FROM python:3.11-slim-bookworm

# pip checks the hash of each package; no compiler is needed.
ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATELINE_HOME=/srv/dateline/data

WORKDIR /srv/dateline
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock
COPY storage ./storage
COPY tasks ./tasks
COPY flows ./flows
COPY tests/quality/gold ./tests/quality/gold
COPY prefect.yaml sources.toml ./
RUN pip install --no-cache-dir --no-deps --no-build-isolation --editable . \
    && useradd --create-home --uid 10001 dateline \
    && install --directory --owner=dateline data
USER 10001
VOLUME /srv/dateline/data

ENTRYPOINT ["dateline"]
CMD ["--help"]
