# Flink with the jobs of this checkout, for Kubernetes and compose: docker build -t hydrant:0.1.0 .
ARG FLINK_VERSION=2.3.0

FROM eclipse-temurin:17-jdk AS build
ARG FLINK_VERSION
WORKDIR /src
COPY . .
RUN ./mvnw -B -ntp -Pfast -DskipTests package -pl jobs/delivery,sql/bundle,connectors/cloudwatch -am \
    && ./mvnw -B -ntp dependency:copy -Dartifact=org.apache.flink:flink-s3-fs-native:${FLINK_VERSION} \
        -DoutputDirectory=/src/target/s3

FROM flink:${FLINK_VERSION}-java17
ARG FLINK_VERSION
# Each plugin in a folder of its own, with a class loader of its own.
COPY --from=build /src/target/s3/flink-s3-fs-native-${FLINK_VERSION}.jar /opt/flink/plugins/s3-fs-native/
COPY --from=build /src/connectors/cloudwatch/target/hydrant-cloudwatch.jar /opt/flink/plugins/hydrant-cloudwatch/
COPY --from=build /src/jobs/delivery/target/hydrant-delivery.jar /opt/flink/usrlib/
COPY --from=build /src/sql/bundle/target/hydrant-sql.jar /src/sql/bundle/target/hydrant-sql-bundle.jar /opt/hydrant/
COPY --from=build /src/sql/scripts /opt/hydrant/scripts
USER flink
