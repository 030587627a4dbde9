# The production image. One image, three roles: `serve` (default), `worker`, `migrate`.
# glibc is needed (the embedded PostgreSQL has no musl build), so: Debian's slim image.

FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /opt/sokoni
WORKDIR /build
# Requirements first: they change rarely, and this layer is the slow one.
COPY requirements.txt .
RUN /opt/sokoni/bin/pip install --require-hashes -r requirements.txt
# Then the packages of the front end, which change as rarely.
COPY requirements-build.txt ./
COPY tools tools
COPY frontend/package.json frontend/package-lock.json frontend/
RUN /opt/sokoni/bin/python -c "from tools import frontend; frontend.install(frontend.FRONTEND)"
COPY pyproject.toml README.md LICENSE alembic.ini ./
COPY migrations migrations
COPY frontend frontend
COPY src src
RUN /opt/sokoni/bin/pip wheel --no-deps --wheel-dir dist . \
 && /opt/sokoni/bin/pip install --no-deps dist/*.whl \
 && /opt/sokoni/bin/python -m compileall -q /opt/sokoni/lib

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --create-home --home-dir /app sokoni \
 && install -d -o sokoni -g sokoni /app/media
COPY --from=build /opt/sokoni /opt/sokoni
COPY --chown=root:root migrations /app/migrations
COPY --chown=root:root alembic.ini /app/alembic.ini
ENV PATH=/opt/sokoni/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    ENVIRONMENT=production \
    FILE_STORAGE_DIR=/app/media \
    PORT=8000
WORKDIR /app
USER sokoni
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/health/ready', timeout=2)"]
ENTRYPOINT ["sokoni"]
CMD ["serve", "--host", "0.0.0.0", "--workers", "2"]
