# syntax=docker/dockerfile:1
# One image for every service; which one is the command: docker run tributary services/ingest/dist/main.js
# The last stage is for production; the stage `demo` also has emulators and commands.
# Needs BuildKit (DOCKER_BUILDKIT=1 with clients older than 23).

# A build that has to be the same every time names the base image by its digest: --build-arg NODE_IMAGE=node@sha256:...
ARG NODE_IMAGE=node:24-bookworm-slim

# Only what decides which packages are installed, so that a change of sources does not install again.
FROM ${NODE_IMAGE} AS manifests
WORKDIR /app
COPY . .
RUN find . -type f ! -name package.json ! -name package-lock.json ! -name .npmrc -delete && find . -type d -empty -delete

FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY --from=manifests /app ./
# No install scripts: they bring the local database and Node for `npm start`, which no container needs.
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --no-audit --no-fund

FROM packages AS build
COPY . .
RUN node tools/build.mjs --force \
 && if [ -f services/console/web/index.html ]; then node node_modules/vite/bin/vite.js build --logLevel warn services/console/web; fi \
 && node tools/dist/image/select.js /production \
 && node tools/dist/supply/cli.js --out /production/sbom.cdx.json \
 && mkdir /demo \
 && find . -type d -name dist -not -path '*/node_modules/*' -prune -print0 | tar --null --files-from=- -cf - | tar -xf - -C /demo \
 && cp -r --parents assets libs/connectors/rest/services tools/commands/*.mjs tools/doctor/*.mjs /demo

FROM packages AS without-tools
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM ${NODE_IMAGE} AS base
WORKDIR /app
# As `npm start` does it (libs/local-stack/src/memory-flags.ts).
ENV NODE_OPTIONS="--max-old-space-size=320 --max-semi-space-size=4" MALLOC_ARENA_MAX=1
ENV HTTP_HOST=0.0.0.0 TRIBUTARY_ASSETS_DIR=/app/assets
# What emulators and the demo keep, and the anchors of recon. Made here so that a volume mounted on them belongs to the user below.
RUN mkdir /data /anchors && chown node:node /data /anchors
COPY --from=without-tools /app ./
USER node
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.HEALTH_PORT || process.env.HTTP_PORT) + '/live').then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--import", "file:///app/libs/platform/dist/source-maps.js", "--no-wasm-tier-up", "--no-wasm-dynamic-tiering"]
CMD ["services/ingest/dist/main.js"]

# Everything, with emulators and commands: `docker build --target demo .` (docker-compose.yml).
FROM base AS demo
COPY --from=build /demo ./

# The services, and what makes topics and schemas before they start; nothing else (tools/image).
FROM base AS production
COPY --from=build /production ./
