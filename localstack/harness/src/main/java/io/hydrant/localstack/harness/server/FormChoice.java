package io.hydrant.localstack.harness.server;

import io.hydrant.localstack.harness.LocalStackForm;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Decides in which form LocalStack runs: an endpoint that somebody named, else a container where a
 * Docker engine answers, else a process of this machine.
 */
final class FormChoice {

    static final String ENDPOINT_VARIABLE = "HYDRANT_LOCALSTACK_ENDPOINT";
    static final String FORM_VARIABLE = "HYDRANT_LOCALSTACK_FORM";

    private final Map<String, String> environment;
    private final BooleanSupplier dockerAnswers;

    FormChoice(Map<String, String> environment, BooleanSupplier dockerAnswers) {
        this.environment = environment;
        this.dockerAnswers = dockerAnswers;
    }

    /** The form to use where a running endpoint will do. */
    LocalStackForm any() {
        Optional<LocalStackForm> forced = forced();
        if (forced.isPresent()) {
            return forced.get();
        }
        return value(ENDPOINT_VARIABLE).isPresent() ? LocalStackForm.ENDPOINT : started();
    }

    /** The form to use where a LocalStack of our own has to be started. */
    LocalStackForm started() {
        LocalStackForm form =
                forced().orElseGet(
                                () ->
                                        dockerAnswers.getAsBoolean()
                                                ? LocalStackForm.CONTAINER
                                                : LocalStackForm.HOST);
        if (form == LocalStackForm.ENDPOINT) {
            throw new IllegalArgumentException(
                    FORM_VARIABLE
                            + "=endpoint names no form that can be started; use container or host");
        }
        if (form == LocalStackForm.CONTAINER && !dockerAnswers.getAsBoolean()) {
            throw new IllegalArgumentException(
                    FORM_VARIABLE
                            + "=container, but no Docker engine answers ('docker info' fails);"
                            + " start one, or use host");
        }
        return form;
    }

    /** The address of the endpoint that runs already. */
    URI endpoint() {
        String text =
                value(ENDPOINT_VARIABLE)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                FORM_VARIABLE
                                                        + "=endpoint needs "
                                                        + ENDPOINT_VARIABLE
                                                        + ", such as http://127.0.0.1:4566"));
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && uri.getScheme() != null) {
                return uri;
            }
        } catch (IllegalArgumentException ignored) {
            // Told below, in our words.
        }
        throw new IllegalArgumentException(
                ENDPOINT_VARIABLE
                        + "="
                        + text
                        + " is no address; write it as http://127.0.0.1:4566");
    }

    private Optional<LocalStackForm> forced() {
        Optional<String> name = value(FORM_VARIABLE);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        for (LocalStackForm form : LocalStackForm.values()) {
            if (form.name().equals(name.get().toUpperCase(Locale.ROOT))) {
                return Optional.of(form);
            }
        }
        throw new IllegalArgumentException(
                FORM_VARIABLE
                        + "="
                        + name.get()
                        + " is none of "
                        + Arrays.toString(LocalStackForm.values()).toLowerCase(Locale.ROOT));
    }

    private Optional<String> value(String variable) {
        String value = environment.getOrDefault(variable, "");
        return value.isBlank() ? Optional.empty() : Optional.of(value.trim());
    }
}
