package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.processing.ProcessingConfig;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TransformConfigTest {

    private static final ClassLoader LOADER = TransformConfigTest.class.getClassLoader();

    @Test
    void passesThroughByDefault() {
        TransformConfig config = TransformConfig.from(new Configuration());

        assertThat(config).isEqualTo(new TransformConfig(PassThrough.class.getName(), Map.of()));
        assertThat(config.instantiate(LOADER)).isInstanceOf(PassThrough.class);
    }

    @Test
    void readsClassAndParameters() throws Exception {
        Configuration options = new Configuration();
        options.setString("delivery.transform.class", "org.example.Mine");
        options.setString("delivery.transform.parameters", "field:delay,limit:15");

        TransformConfig config = TransformConfig.from(options);

        assertThat(config)
                .isEqualTo(
                        new TransformConfig(
                                "org.example.Mine", Map.of("field", "delay", "limit", "15")));
        assertThat(InstantiationUtil.clone(config)).isEqualTo(config);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "org.example.Missing | is not on the class path; add its jar with 'flink run -C",
                "java.lang.String    | does not implement io.hydrant.delivery.transform.RecordTransform",
                "io.hydrant.delivery.transform.RecordTransform | must be public and not abstract",
                "io.hydrant.delivery.transform.TransformConfigTest$Hidden | must be public",
                "io.hydrant.delivery.transform.TransformConfigTest$WithArgument | has no public constructor without parameters",
                "io.hydrant.delivery.transform.TransformConfigTest$Failing | failed in its constructor: java.lang.IllegalStateException: no key",
                "io.hydrant.delivery.transform.TransformConfigTest$Unloadable | cannot be loaded: java.lang.ExceptionInInitializerError",
            })
    void refusesAClassThatCannotBeUsedBeforeTheJobStarts(String className, String reason) {
        assertThatThrownBy(
                        () ->
                                TransformStep.of(
                                        new TransformConfig(className, Map.of()),
                                        ProcessingConfig.NONE,
                                        LOADER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("delivery.transform.class: '" + className + "' ")
                .hasMessageContaining(reason);
    }

    /** A transform that does nothing, for subclasses that fail earlier. */
    public abstract static class Nothing implements RecordTransform {
        @Override
        public void transform(Envelope record, TransformOutput output) {
            output.ok();
        }
    }

    static final class Hidden extends Nothing {}

    /** Cannot be made without an argument. */
    public static final class WithArgument extends Nothing {
        /** The argument is what is wrong. */
        public WithArgument(String argument) {
            assertThat(argument).isNotNull();
        }
    }

    /** Fails in its constructor. */
    public static final class Failing extends Nothing {
        /** Fails. */
        public Failing() {
            throw new IllegalStateException("no key");
        }
    }

    /** Fails in its static initialiser. */
    public static final class Unloadable extends Nothing {
        static final int VALUE = Integer.parseInt("not a number");
    }
}
