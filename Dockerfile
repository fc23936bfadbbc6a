FROM python:3.12-slim-bookworm

WORKDIR /app
COPY requirements/serve.lock requirements/
RUN pip install --no-cache-dir --no-deps --require-hashes --only-binary :all: -r requirements/serve.lock

COPY pyproject.toml README.md LICENSE ./
COPY domain domain
COPY projections projections
COPY service service
RUN pip install --no-cache-dir --no-index --no-deps --no-build-isolation . && useradd --system timeline

USER timeline
EXPOSE 8000
ENTRYPOINT ["diplomatic-timeline"]
CMD ["serve"]
