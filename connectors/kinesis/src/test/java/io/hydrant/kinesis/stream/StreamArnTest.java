package io.hydrant.kinesis.stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StreamArnTest {

    private static final String TABLE =
            "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-11-21T10:00:00.000";

    @ParameterizedTest
    @ValueSource(
            strings = {
                TABLE,
                "arn:aws-cn:dynamodb:cn-north-1:111122223333:table/my_table.v-2/stream/2026-11-21T10:00:00.000",
                "arn:aws:kinesis:eu-west-1:111122223333:stream/orders",
            })
    void readsAndWritesBothKinds(String arn) {
        StreamArn parsed = StreamArn.parseReadable(arn);

        assertThat(parsed).hasToString(arn);
        assertThat(parsed.isOfTable()).isEqualTo(arn.contains("dynamodb"));
    }

    @Test
    void namesTheTableAndWhenItsStreamWasEnabled() {
        StreamArn arn = StreamArn.parseOfTable(TABLE);

        assertThat(arn.stream()).isEqualTo("orders");
        assertThat(arn.label()).isEqualTo("2026-11-21T10:00:00.000");
        assertThat(arn.region()).isEqualTo("eu-west-1");
        assertThat(arn.account()).isEqualTo("111122223333");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:dynamodb:eu-west-1:111122223333:table/orders",
                "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/index/by-city",
                "arn:aws:dynamodb:eu-west-1:1111:table/orders/stream/2026-11-21T10:00:00.000",
            })
    void saysWhereTheArnOfATablesStreamIsFound(String arn) {
        assertThatThrownBy(() -> StreamArn.parseReadable(arn))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + arn + "' is no ARN of the stream of a DynamoDB table")
                .hasMessageContaining("LatestStreamArn");
    }

    @Test
    void takesNoTableWhereOnlyAKinesisStreamWillDo() {
        assertThatThrownBy(() -> StreamArn.parse(TABLE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no ARN of a Kinesis stream");
    }
}
