# syntax=docker/dockerfile:1
# One image for every service, emulator and one-shot command; which one is the command:
#   docker run tributary services/ingest/dist/main.js
# Needs BuildKit (DOCKER_BUILDKIT=1 with clients older than 23).

# Only what decides which packages are installed, so that a change of sources does not install again.
FROM node:24-bookworm-slim AS manifests
WORKDIR /app
COPY . .
RUN find . -type f ! -name package.json ! -name package-lock.json ! -name .npmrc -delete && find . -type d -empty -delete

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY --from=manifests /app ./
# No install scripts: they bring the local database and Node for `npm start`, which no container needs.
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --no-audit --no-fund

FROM packages AS build
COPY . .
RUN node tools/build.mjs --force \
 && if [ -f services/console/web/index.html ]; then node node_modules/vite/bin/vite.js build --logLevel warn services/console/web; fi \
 && mkdir /out \
 && find . -type d -name dist -not -path '*/node_modules/*' -prune -print0 | tar --null --files-from=- -cf - | tar -xf - -C /out \
 && cp -r assets /out/assets

FROM packages AS production
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
WORKDIR /app
# What emulators keep. Made here so that a volume mounted on it belongs to the user below.
RUN mkdir /data && chown node:node /data
COPY --from=production /app ./
COPY --from=build /out ./
# As `npm start` does it (libs/local-stack/src/memory-flags.ts).
ENV NODE_OPTIONS="--max-old-space-size=320 --max-semi-space-size=4" MALLOC_ARENA_MAX=1
ENV HTTP_HOST=0.0.0.0 TRIBUTARY_ASSETS_DIR=/app/assets
USER node
ENTRYPOINT ["node", "--import", "file:///app/libs/platform/dist/source-maps.js", "--no-wasm-tier-up", "--no-wasm-dynamic-tiering"]
CMD ["services/ingest/dist/main.js"]
