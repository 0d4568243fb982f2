package io.hydrant.iceberg.route;

import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TargetTablesTest {

    private static final Schema SCHEMA =
            new Schema(
                    Types.NestedField.required(1, "id", Types.LongType.get()),
                    Types.NestedField.optional(2, "at", Types.TimestampType.withZone()),
                    Types.NestedField.optional(3, "name", Types.StringType.get()));

    @Test
    void readsFirehosesOwnFormAndMore() {
        assertThat(
                        TargetTables.parse(
                                """
                                [{"DestinationDatabaseName": "shop", "DestinationTableName": "orders",
                                  "UniqueKeys": ["id"], "PartitionSpec": {"Identity": [{"SourceName": "name"}]},
                                  "PartitionBy": ["day(at)"]},
                                 {"DestinationDatabaseName": "shop", "DestinationTableName": "returns",
                                  "S3ErrorOutputPrefix": "returns/!{firehose:error-output-type}/"}]
                                """))
                .containsExactly(
                        new TargetTable(
                                "shop", "orders", List.of("id"), List.of("name", "day(at)")),
                        new TargetTable(
                                "shop",
                                "returns",
                                List.of(),
                                List.of(),
                                "returns/!{firehose:error-output-type}/"));
        assertThat(TargetTables.parse("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}    | is not an array",
                "[1]   | [0] is not an object",
                "[{}]  | [0].DestinationDatabaseName is missing",
                "[{\"DestinationDatabaseName\":\"a\"}] | [0].DestinationTableName is missing",
                "[{\"DestinationDatabaseName\":\"a\",\"DestinationTableName\":7}] | [0].DestinationTableName is 7; it must be a text",
                "[{\"DestinationDatabaseName\":\"a\",\"DestinationTableName\":\"b\",\"S3ErrorOutputPrefix\":\"x/!{timestamp:yyyy}/\"}] | [0].S3ErrorOutputPrefix: 'x/!{timestamp:yyyy}/' holds an expression",
                "[{\"Name\":\"a\"}] | [0].Name is not a field here",
                "[{\"PartitionSpec\":{\"Day\":[]}}] | [0].PartitionSpec.Day is not a field here",
                "[{\"DestinationDatabaseName\":\"a\",\"DestinationTableName\":\"b\",\"UniqueKeys\":\"id\"}] | [0].UniqueKeys is not an array",
                "[{\"DestinationDatabaseName\":\"a\",\"DestinationTableName\":\"b\"},{\"DestinationDatabaseName\":\"a\",\"DestinationTableName\":\"b\"}] | names the table a.b twice",
                "[ | is not JSON",
            })
    void refusesWhatIsNotAllowed(String text, String message) {
        assertThatThrownBy(() -> TargetTables.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name               | name: identity(3)",
                "day(at)            | at_day: day(2)",
                "hour( at )         | at_hour: hour(2)",
                "bucket(16, id)     | id_bucket: bucket[16](1)",
                "truncate(4,name)   | name_trunc: truncate[4](3)",
            })
    void partitionsByColumnsAndTransforms(String text, String expected) {
        assertThat(PartitionTransforms.spec(SCHEMA, List.of(text)).toString()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stranger     | Cannot find source column",
                "day(name)    | cannot partition the table",
                "bucket(id)   | it needs a number before the column",
                "day(4, at)   | it takes no number",
                "week(at)     | are the transforms",
            })
    void refusesOtherPartitions(String text, String message) {
        assertThatThrownBy(() -> PartitionTransforms.spec(SCHEMA, List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining(message);
    }
}
