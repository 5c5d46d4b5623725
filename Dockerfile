# Another Node image of the same release line, by name or digest, for those who keep their own.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

# What the lockfile names, for both stages that install it.
FROM ${NODE_IMAGE} AS manifests
WORKDIR /app
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY packages/ml/package.json packages/ml/
COPY packages/api/package.json packages/api/
COPY packages/rest-adapter/package.json packages/rest-adapter/
COPY packages/demo/package.json packages/demo/
COPY packages/admin/package.json packages/admin/

# Node runs the TypeScript of the service as it is, so of that there is nothing to build: only what it needs to run is installed.
FROM manifests AS packages
RUN --mount=type=cache,id=kindred-pnpm,target=/pnpm \
    npx --yes "pnpm@$(node -p 'require("./package.json").devDependencies.pnpm')" install \
    --frozen-lockfile --prod --ignore-scripts --store-dir /pnpm/store

# The console is built by tools that the service does not need.
FROM manifests AS console
RUN --mount=type=cache,id=kindred-pnpm,target=/pnpm \
    npx --yes "pnpm@$(node -p 'require("./package.json").devDependencies.pnpm')" install \
    --frozen-lockfile --ignore-scripts --filter @kindred/admin --store-dir /pnpm/store
COPY tsconfig.base.json ./
COPY packages/admin packages/admin
RUN node packages/admin/scripts/build.ts && test -f packages/admin/dist/sources.txt

FROM ${NODE_IMAGE}
# Of the base image node alone is needed: what installs packages has no business where requests come in.
RUN rm -rf /usr/local/lib/node_modules /opt/yarn* /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack \
      /usr/local/bin/yarn /usr/local/bin/yarnpkg \
    && install -d -o node -g node /data
# The compile cache is kept with the data, so that a container that starts again compiles nothing.
ENV NODE_ENV=production PORT=8080 KINDRED_DATA=/data NODE_COMPILE_CACHE=/data/compile-cache
# What runs and models are labelled with; the image has no git to ask.
ARG KINDRED_COMMIT=
ENV KINDRED_COMMIT=${KINDRED_COMMIT}
WORKDIR /app
COPY --from=packages /app ./
COPY . .
COPY --from=console /app/packages/admin/dist packages/admin/dist
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s --retries=6 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Why the flag: packages/api/src/pipelines/compute-process.ts. NODE_OPTIONS does not take it.
CMD ["node", "--no-memory-protection-keys", "packages/rest-adapter/src/main.ts"]
