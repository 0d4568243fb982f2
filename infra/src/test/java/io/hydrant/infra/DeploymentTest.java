package io.hydrant.infra;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeploymentTest {

    private static final String STREAM = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders";

    @Test
    void everyDefaultIsWhatTheDocumentationSays() {
        Deployment deployment =
                Deployment.parse(
                        """
                        {"stream": {"name": "orders"},
                         "delivery": {"name": "orders", "streamArn": "%s", "fanOut": false, "bucket": "lake",
                           "runtime": {"codeBucket": "code", "codeKey": "a.jar", "configKey": "a.json"}},
                         "warehouse": {"name": "orders", "bucket": "lake"}}
                        """
                                .formatted(STREAM));

        assertThat(deployment.stream()).isEqualTo(new StreamProps("orders", null, 24, null, null));
        assertThat(deployment.delivery())
                .isEqualTo(
                        new DeliveryProps(
                                "orders",
                                STREAM,
                                false,
                                null,
                                "lake",
                                true,
                                null,
                                null,
                                List.of(),
                                false,
                                8,
                                24,
                                null,
                                null,
                                new FlinkRuntime(
                                        "code", "a.jar", "a.json", 1, 1, true, Map.of(), 30),
                                null,
                                "Hydrant",
                                900,
                                300,
                                null));
        assertThat(deployment.warehouse())
                .isEqualTo(
                        new WarehouseProps("orders", "dev", "lake", "", null, 8, null, null, null));
        assertThat(deployment.analytics()).isNull();
    }

    @Test
    void uploadsAreKeptLongerThanTheStreamKeepsRecords() {
        assertThat(delivery("\"retentionHours\": 720").delivery().abandonedUploadDays())
                .isEqualTo(31);
        assertThatThrownBy(() -> delivery("\"retentionHours\": 720, \"abandonedUploadDays\": 30"))
                .hasMessageContaining("delivery.abandonedUploadDays is 30; it must be 31 to 3650");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"streem": {"name": "a"}}                                  | streem is not known; there are analytics, delivery, stream, warehouse
                    {"stream": {"name": "a", "shard": 1}}                      | stream.shard is not known; there are
                    {"stream": {"name": "a", "shards": "x"}}                   | stream.shards is 'x'; it must be a whole number
                    {"stream": {"name": "a", "shards": {}}}                    | stream.shards is of another kind; it must be a whole number
                    {"stream": {"name": "a", "shards": 1.5}}                   | stream.shards is '1.5'; it must be a whole number
                    {"stream": {"name": ["a"]}}                                | stream.name is of another kind; it must be a text
                    {"stream": []}                                             | stream is of another kind; it must be an object with fields
                    {"analytics": {"name": "abc", "kda": "perhaps"}}           | analytics.kda is 'perhaps'; it must be true or false
                    {"warehouse": {"name": "abc", "subnetIds": "a"}}           | warehouse.subnetIds is of another kind; it must be a list
                    {"stream": {"name": "a b"}}                                | stream.name is 'a b'
                    {"stream": {"shards": 1}}                                  | stream.name is not given
                    {"stream": {"name": "a", "shards": 0}}                     | stream.shards is 0; it must be 1 to 10000
                    {"stream": {"name": "a", "retentionHours": 23}}            | stream.retentionHours is 23
                    {"stream": {"name": "a", "kmsKeyArn": "alias/a"}}          | stream.kmsKeyArn is 'alias/a'; it must be an ARN such as arn:aws:kms
                    {"stream": {"name": "a", "name": "b"}}                     | Duplicate field 'name'
                    {"warehouse": {"name": "abc", "bucket": "lake", "baseCapacity": 12}} | warehouse.baseCapacity is 12; it must be a multiple of 8
                    {"warehouse": {"name": "abc", "bucket": "lake", "subnetIds": ["a"]}} | wants three or more
                    {"analytics": {"name": "abc", "kda": true}}                | analytics.inputArns is empty
                    {}                                                         | There is nothing to deploy
                    {                                                          | is not JSON
                    """)
    void saysWhatIsWrongAndWhere(String document, String says) {
        assertThatThrownBy(() -> Deployment.parse(document))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(says);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "streamKmsKeyArn": "arn:aws:kms:eu-west-1:111122223333:key/*"       | has no *
                    "functionArn": "arn:aws:s3:::lake"                                   | delivery.functionArn is 'arn:aws:s3:::lake'
                    "glueTable": "lake"                                                  | database/table
                    "metricsNamespace": "AWS/Firehose"                                   | not begin with AWS/
                    "runtime": {"codeBucket": "code", "codeKey": "*", "configKey": "a"}  | runtime.codeKey is '*'
                    "runtime": {"codeBucket": "code", "codeKey": "a", "configKey": "a", "parallelism": 0} | runtime.parallelism is 0
                    """)
    void givesNoRoleMoreThanOneThing(String field, String says) {
        assertThatThrownBy(() -> delivery(field)).hasMessageContaining(says);
    }

    private static Deployment delivery(String field) {
        return Deployment.parse(
                "{\"delivery\": {\"name\": \"orders\", \"streamArn\": \""
                        + STREAM
                        + "\", \"fanOut\": false, \"bucket\": \"lake\", "
                        + field
                        + "}}");
    }
}
