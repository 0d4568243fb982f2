package io.hydrant.delivery;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RouteTextTest {

    @Test
    void equalRoutesHaveEqualTextsWithoutWhatIsNoneOfTheirs() {
        String text =
                RouteText.of(
                        Map.of(
                                "operation", "insert",
                                "destinationTableName", "t",
                                "other", "x",
                                "destinationDatabaseName", "d"));

        assertThat(text)
                .isEqualTo(
                        "{\"destinationDatabaseName\":\"d\",\"destinationTableName\":\"t\",\"operation\":\"insert\"}");
        assertThat(RouteText.isRoute(text)).isTrue();
        assertThat(RouteText.values(text))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "destinationDatabaseName", "d",
                                "destinationTableName", "t",
                                "operation", "insert"));
    }

    @Test
    void noValuesAreNoRoute() {
        assertThat(RouteText.of(Map.of("other", "x"))).isEmpty();
        assertThat(RouteText.values("")).isEmpty();
        assertThat(RouteText.isRoute("")).isFalse();
        assertThat(RouteText.isRoute("logs/{x}/")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"b\"}", "{\"operation\":1}", "{\"operation\""})
    void refusesATextThatIsNone(String text) {
        assertThatThrownBy(() -> RouteText.values(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no route");
    }
}
