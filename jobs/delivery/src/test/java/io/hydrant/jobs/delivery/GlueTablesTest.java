package io.hydrant.jobs.delivery;

import io.hydrant.delivery.conversion.ConversionConfig;
import io.hydrant.delivery.conversion.TableColumnsSource;
import io.hydrant.jobs.delivery.document.InvalidConfigurationException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Against a double of the two calls of Glue, which refuses what Glue refuses. */
class GlueTablesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TABLE =
            "{\"Name\": \"flights\", \"StorageDescriptor\": {\"Columns\": [{\"Name\": \"id\", \"Type\": \"%s\"}, {\"Name\": \"tags\", \"Type\": \"array<string>\"}]}, "
                    + "\"PartitionKeys\": [{\"Name\": \"day\", \"Type\": \"string\"}]}";

    @TempDir private Path folder;

    private final List<String> calls = new ArrayList<>();
    private HttpServer glue;
    private String idType = "bigint";
    private int status = 200;
    private String error;

    @BeforeEach
    void start() throws IOException {
        glue = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        glue.createContext("/", this::answer);
        glue.start();
    }

    @AfterEach
    void stop() {
        glue.stop(0);
    }

    @Test
    void readsTheNewestVersion() throws Exception {
        DeliveryPlan plan = plan("LATEST");

        assertThat(calls).as("a plan alone asks for nothing").isEmpty();
        assertThat(plan.sinkToWrite().conversion().columns().text())
                .isEqualTo("struct<id:bigint,tags:array<string>>");
        assertThat(calls)
                .containsExactly(
                        "AWSGlue.GetTable {\"CatalogId\":\"123456789012\",\"DatabaseName\":\"air\",\"Name\":\"flights\"}");
    }

    @Test
    void readsAVersionOfItsOwn() throws Exception {
        idType = "string";

        assertThat(plan("7").sinkToWrite().conversion().columns().text())
                .isEqualTo("struct<id:string,tags:array<string>>");
        assertThat(calls)
                .containsExactly(
                        "AWSGlue.GetTableVersion {\"CatalogId\":\"123456789012\",\"DatabaseName\":\"air\",\"TableName\":\"flights\",\"VersionId\":\"7\"}");
    }

    @Test
    void aTaskIsToldTheColumnsOfNow() throws Exception {
        DeliveryPlan plan = plan("LATEST");
        ConversionConfig conversion = plan.sink().conversion();
        assertThat(conversion.followsTable()).isTrue();
        assertThat(plan("7").sink().conversion().followsTable()).isFalse();
        assertThat(plan("LATEST", "delivery.conversion.table.poll-interval=0 s"))
                .satisfies(never -> assertThat(never.sink().conversion().followsTable()).isFalse());

        TableColumnsSource source =
                InstantiationUtil.clone(
                        new GlueColumnsSource(conversion.table(), plan.catalogAws()));
        assertThat(source.columns().text()).isEqualTo("struct<id:bigint,tags:array<string>>");
        idType = "string";
        assertThat(source.columns().text()).isEqualTo("struct<id:string,tags:array<string>>");
        status = 400;
        error = "AccessDeniedException";
        assertThatThrownBy(source::columns)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("allow glue:GetTable")
                .hasMessageEndingWith(
                        "Or set delivery.conversion.table.poll-interval to 0 s, so that the tasks do not look.");
    }

    @Test
    void refusesABackupOfFailedRecordsThatCouldJudgeByOtherColumns() {
        assertThatThrownBy(() -> plan("LATEST", "backup.mode=FAILED_ONLY", "backup.bucket=vault"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(
                        "backup.mode: FAILED_ONLY does not go with a table whose new versions are taken up while the job runs; set delivery.conversion.table.poll-interval to 0 s");
        assertThatThrownBy(() -> plan("LATEST", "delivery.conversion.table.poll-interval=1 ms"))
                .hasMessageContaining("delivery.conversion.table.poll-interval is PT0.001S");
    }

    @Test
    void saysWhatIsWrongAndTheWayOut() throws Exception {
        DeliveryPlan plan = plan("LATEST");
        status = 400;
        error = "EntityNotFoundException";
        assertThatThrownBy(plan::sinkToWrite)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "There is no table air.flights, version LATEST, in the Glue Data Catalog of eu-central-1, account 123456789012. "
                                + "Way out: mend that, or give the columns by delivery.conversion.schema-file.");
        error = "AccessDeniedException";
        assertThatThrownBy(plan::sinkToWrite)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allow glue:GetTable");
        error = "InvalidInputException";
        assertThatThrownBy(plan::sinkToWrite)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("air.flights cannot be read from the Glue Data Catalog: ");
        status = 200;
        idType = "money";
        assertThatThrownBy(plan::sinkToWrite)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "Column 'id' of the table air.flights: 'money', position 1: 'money' is not a type");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        calls.add(target + " " + request);
        String body;
        int code = status;
        if (!authorization.contains("/eu-central-1/glue/aws4_request")) {
            code = 400;
            body = "{\"__type\": \"InvalidSignatureException\", \"message\": \"scope\"}";
        } else if (status != 200) {
            body = "{\"__type\": \"" + error + "\", \"Message\": \"as told\"}";
        } else {
            String table = TABLE.formatted(idType);
            body =
                    target.endsWith("Version")
                            ? "{\"TableVersion\": {\"VersionId\": \"7\", \"Table\": " + table + "}}"
                            : "{\"Table\": " + table + "}";
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private DeliveryPlan plan(String version, String... settings) throws IOException {
        Path document = folder.resolve("stream.json");
        Files.writeString(
                document,
                """
                {"DeliveryStreamName": "orders",
                 "KinesisStreamSourceConfiguration": {"KinesisStreamARN": "arn:aws:kinesis:eu-west-1:111122223333:stream/orders"},
                 "ExtendedS3DestinationConfiguration": {"BucketARN": "arn:aws:s3:::lake",
                  "DataFormatConversionConfiguration": {
                   "SchemaConfiguration": {"DatabaseName": "air", "TableName": "flights", "CatalogId": "123456789012", "Region": "eu-central-1", "VersionId": "%s"},
                   "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}},
                   "OutputFormatConfiguration": {"Serializer": {"OrcSerDe": {}}}}},
                 "Hydrant": {"glue.endpoint": "http://localhost:%d", "aws.credentials.provider": "BASIC",
                  "aws.credentials.basic.accesskeyid": "a", "aws.credentials.basic.secretkey": "b"}}
                """
                        .formatted(version, glue.getAddress().getPort()));
        List<String> arguments = new ArrayList<>(List.of("--config", document.toString()));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        return DeliveryPlan.of(arguments);
    }
}
