package io.hydrant.localstack.harness.server;

import io.hydrant.localstack.harness.LocalStackForm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FormChoiceTest {

    @ParameterizedTest
    @CsvSource({
        "http://10.0.0.1:4566, , true, ENDPOINT",
        ", , true, CONTAINER",
        ", , false, HOST",
        "http://10.0.0.1:4566, host, true, HOST",
        ", container, true, CONTAINER",
        ", Host, true, HOST",
        "http://10.0.0.1:4566, endpoint, false, ENDPOINT",
    })
    void prefersEndpointThenContainerThenHost(
            String endpoint, String form, boolean docker, LocalStackForm expected) {
        assertThat(choice(endpoint, form, docker).any()).isEqualTo(expected);
    }

    @Test
    void startsOneOfItsOwnThoughAnEndpointIsNamed() {
        assertThat(choice("http://10.0.0.1:4566", null, false).started())
                .isEqualTo(LocalStackForm.HOST);
    }

    @Test
    void cannotStartAnEndpoint() {
        assertThatThrownBy(() -> choice(null, "endpoint", true).started())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "HYDRANT_LOCALSTACK_FORM=endpoint names no form that can be started; use"
                                + " container or host");
    }

    @Test
    void refusesAContainerWithoutAnEngine() {
        assertThatThrownBy(() -> choice(null, "container", false).started())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "HYDRANT_LOCALSTACK_FORM=container, but no Docker engine answers ('docker"
                                + " info' fails); start one, or use host");
    }

    @Test
    void refusesAFormThatDoesNotExist() {
        assertThatThrownBy(() -> choice(null, "podman", true).any())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "HYDRANT_LOCALSTACK_FORM=podman is none of [endpoint, container, host]");
    }

    @Test
    void readsTheEndpoint() {
        assertThat(choice(" http://10.0.0.1:4566 ", null, false).endpoint())
                .isEqualTo(URI.create("http://10.0.0.1:4566"));
    }

    @ParameterizedTest
    @CsvSource({"localhost:4566", "4566", "http//x", "'http://a b'"})
    void refusesAnAddressThatIsNone(String endpoint) {
        assertThatThrownBy(() -> choice(endpoint, null, false).endpoint())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "HYDRANT_LOCALSTACK_ENDPOINT=%s is no address; write it as"
                                + " http://127.0.0.1:4566",
                        endpoint);
    }

    @Test
    void refusesToReachAnEndpointThatNobodyNamed() {
        assertThatThrownBy(() -> choice(null, "endpoint", false).endpoint())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "HYDRANT_LOCALSTACK_FORM=endpoint needs HYDRANT_LOCALSTACK_ENDPOINT, such"
                                + " as http://127.0.0.1:4566");
    }

    private static FormChoice choice(String endpoint, String form, boolean docker) {
        Map<String, String> environment = new HashMap<>();
        if (endpoint != null) {
            environment.put("HYDRANT_LOCALSTACK_ENDPOINT", endpoint);
        }
        if (form != null) {
            environment.put("HYDRANT_LOCALSTACK_FORM", form);
        }
        return new FormChoice(environment, () -> docker);
    }
}
