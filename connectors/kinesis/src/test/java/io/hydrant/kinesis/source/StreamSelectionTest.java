package io.hydrant.kinesis.source;

import io.hydrant.kinesis.stream.StreamArn;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StreamSelectionTest {

    private static final StreamArn ORDERS = arn("us-east-1", "orders");
    private static final StreamArn ORDERS_IN_EUROPE = arn("eu-west-1", "orders");
    private static final StreamArn CLICKS = arn("us-east-1", "clicks");

    @Test
    void selectsByArn() {
        StreamSelection selection = StreamSelection.arns(ORDERS, CLICKS, ORDERS);

        assertThat(selection.selects(CLICKS)).isTrue();
        assertThat(selection.selects(ORDERS_IN_EUROPE)).isFalse();
        assertThat(selection).hasToString(ORDERS + ", " + CLICKS);
    }

    @Test
    void tellsArnsFromNames() {
        assertThat(StreamSelection.of(List.of(ORDERS_IN_EUROPE.toString(), "clicks")))
                .isEqualTo(
                        new StreamSelection.Listed(List.of(ORDERS_IN_EUROPE), List.of("clicks")));
        assertThatThrownBy(() -> StreamSelection.of(List.of("arn:aws:s3:::bucket")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'arn:aws:s3:::bucket' is no ARN of a Kinesis stream");
    }

    @Test
    void knowsWhichNamesAreStillToBeFound() {
        StreamSelection.Listed selection =
                new StreamSelection.Listed(List.of(ORDERS_IN_EUROPE), List.of("orders", "clicks"));

        assertThat(selection.namesWithout(Set.of(ORDERS_IN_EUROPE, CLICKS)))
                .containsExactly("orders");
        assertThat(selection.namesWithout(Set.of(ORDERS, CLICKS))).isEmpty();
    }

    @Test
    void selectsStreamsOfTablesByArnOnly() {
        StreamArn table =
                StreamArn.parseOfTable(
                        "arn:aws:dynamodb:us-east-1:111122223333:table/orders/stream/2026-11-21T10:00:00.000");

        assertThat(StreamSelection.of(List.of(table.toString())).selects(table)).isTrue();
        assertThat(StreamSelection.names("orders").selects(table)).isFalse();
        assertThat(StreamSelection.pattern("orders").selects(table)).isFalse();
        assertThat(
                        new StreamSelection.Listed(List.of(), List.of("orders"))
                                .namesWithout(Set.of(table)))
                .containsExactly("orders");
    }

    @Test
    void selectsByTheWholeName() {
        StreamSelection selection = StreamSelection.pattern("ord.*|click");

        assertThat(selection.selects(ORDERS)).isTrue();
        assertThat(selection.selects(CLICKS)).isFalse();
    }

    @Test
    void refusesWhatSelectsNothing() {
        assertThatThrownBy(() -> StreamSelection.names())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name at least one by ARN or name");
        assertThatThrownBy(() -> StreamSelection.names("or ders"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'or ders' is no name of a stream");
        assertThatThrownBy(() -> StreamSelection.pattern("orders-("))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'orders-(' is no regular expression")
                .hasMessageContaining("orders-.*");
    }

    private static StreamArn arn(String region, String name) {
        return new StreamArn("aws", region, "111122223333", name);
    }
}
