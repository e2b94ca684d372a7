# syntax=docker/dockerfile:1.17
# One image a service; SERVICE is ingestor, aggregator, query-api or exchange-simulator:
#   docker build --build-arg SERVICE=ingestor -t tapeline/ingestor:0.1.0 .
# The build is one for all four, and is taken from the cache by the other three. Tags are of exact versions; pin them by digest
# (image:tag@sha256:...) where what you build must not depend on a registry's word.
ARG JDK=eclipse-temurin:25.0.3_9-jdk-noble
ARG JRE=eclipse-temurin:25.0.3_9-jre-noble

FROM ${JDK} AS build
WORKDIR /src
COPY . .
# Tests ran before: an image is made of a commit that passed them.
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -q -DskipTests -Dspotless.check.skip=true \
    -pl ingestor,aggregator,query-api,exchange-simulator,standalone -am package dependency:copy-dependencies@class-path

FROM build AS layout
ARG SERVICE
RUN ops/image/assemble "${SERVICE}" /src /opt/tapeline

FROM ${JRE} AS service
ARG SERVICE
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Tapeline: ${SERVICE}" \
      org.opencontainers.image.description="An exchange's whole tape on Kafka, its current picture in state stores, its past in a history store." \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0"
# What seldom changes first: an upgrade of ours alone is a layer of some hundred kilobytes, and the cache.
COPY --from=layout /opt/tapeline/lib /opt/tapeline/lib
COPY --from=layout /opt/tapeline/app /opt/tapeline/app
COPY --from=layout /opt/tapeline/bin /opt/tapeline/bin
COPY --from=layout /opt/tapeline/service /opt/tapeline/java.options /opt/tapeline/
# In this very image, since a cache is for one JVM and one class path. The simulator starts in a second without.
# The state's folder belongs to the user, and so does a volume that is made of it.
RUN --mount=type=bind,from=build,source=/src,target=/src \
    if [ "${SERVICE}" != exchange-simulator ]; then /src/ops/image/train /src /opt/tapeline; fi \
    && mkdir -p /var/lib/tapeline \
    && chown 10001:10001 /var/lib/tapeline
ENV TAPELINE_DATA_DIR=/var/lib/tapeline
WORKDIR /var/lib/tapeline
# A number, so that Kubernetes can see that it is not root.
USER 10001:10001
# SIGTERM: streams are ended, what has begun is finished, the group is told.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=6s --start-period=90s --start-interval=2s --retries=3 CMD ["/opt/tapeline/bin/healthy"]
ENTRYPOINT ["/opt/tapeline/bin/start"]
