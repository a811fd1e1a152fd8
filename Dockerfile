# syntax=docker/dockerfile:1
# One image for each program:
#   docker build --build-arg PROGRAM=ingest-service .
# PROGRAM is one of ingest-service, fingerprint-worker, match-service, alerts-service and cli.

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -q -B -ntp -DskipTests package \
        -pl ingest-service,fingerprint-worker,match-service,alerts-service,cli -am

FROM build AS program
ARG PROGRAM
RUN mkdir /program \
    && cp "$PROGRAM/target/$PROGRAM.jar" /program/program.jar \
    && cp -r "$PROGRAM/target/lib" /program/lib \
    && cp "$PROGRAM"/target/lib/service-runtime-*.jar /program/probe.jar \
    && printf '#!/bin/sh\nexec java -Xlog:disable -XX:MaxRAMPercentage=70 -XX:+UseSerialGC -XX:+UseCompactObjectHeaders \
--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -jar /opt/forebear/program.jar "$@"\n' \
        > /program/forebear \
    && chmod 755 /program/forebear

FROM eclipse-temurin:25-jre
ARG PROGRAM
LABEL org.opencontainers.image.title="forebear-$PROGRAM" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin forebear
COPY --from=program /program /opt/forebear
# For the jobs of pipelines, which run commands in the image of cli.
ENV PATH=/opt/forebear:$PATH
USER 10001
WORKDIR /tmp

# The only HTTP client in the image is the Java one.
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 \
    CMD ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx32m", "-cp", "/opt/forebear/probe.jar", "dev.forebear.runtime.HealthProbe"]

ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+UseCompactObjectHeaders", "-jar", "/opt/forebear/program.jar"]
