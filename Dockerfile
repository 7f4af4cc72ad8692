# Build: a JDK for the hub, Node.js for its pages. Nothing of this stage is kept but the jar.
FROM node:22-bookworm-slim AS node

FROM eclipse-temurin:21-jdk AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /build
COPY . .
# Tests and checks belong to ./mvnw verify, before an image is built.
RUN ./mvnw -B -q -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip=true package \
    && mv target/hubmesh-*.jar hubmesh.jar

# Run: a JRE, the jar, and an account that may write to /data and nowhere else.
FROM eclipse-temurin:21-jre
RUN groupadd --system --gid 10001 hubmesh \
    && useradd --system --uid 10001 --gid hubmesh --no-create-home --shell /usr/sbin/nologin hubmesh \
    && install --directory --owner=hubmesh --group=hubmesh /data
COPY --from=build /build/hubmesh.jar /opt/hubmesh.jar
USER hubmesh
WORKDIR /data
ENV HUBMESH_DATA=/data
VOLUME /data
# Pages, API and socket; STUN.
EXPOSE 8080 3478/udp
# The image has no curl to rely on; bash speaks enough HTTP by itself.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /actuator/health/liveness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && grep -q '\"status\":\"UP\"' <&3"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-jar", "/opt/hubmesh.jar"]
