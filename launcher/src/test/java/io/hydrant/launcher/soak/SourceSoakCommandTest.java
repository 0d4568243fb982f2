package io.hydrant.launcher.soak;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class SourceSoakCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysHowFarItIsAndWhatCameOfIt() {
        assertThat(run("source", "--seed", "3", "--steps", "200")).isZero();

        assertThat(out.toString())
                .startsWith("seed=3")
                .contains("\n100 steps: ")
                .endsWith("seed=3 steps=200 violations=0" + System.lineSeparator());
    }

    @Test
    void logsNothingOfWhatItBreaksOnPurpose() throws Exception {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        URI before = context.getConfigLocation();
        // Tests have another on their class path, of Flink's, which goes first and says nothing.
        context.setConfigLocation(SoakCommand.class.getResource("/log4j2.properties").toURI());
        try {
            assertThat(loggedAroundASoak()).containsExactly("before", "after");
        } finally {
            context.setConfigLocation(before);
        }
    }

    private List<String> loggedAroundASoak() {
        List<String> logged = new ArrayList<>();
        Logger root = (Logger) LogManager.getRootLogger();
        Appender appender =
                new AbstractAppender("logged", null, null, true, Property.EMPTY_ARRAY) {
                    @Override
                    public void append(LogEvent event) {
                        logged.add(event.getMessage().getFormattedMessage());
                    }
                };
        appender.start();
        root.addAppender(appender);
        try {
            LogManager.getLogger("io.hydrant.kinesis").warn("before");
            // Listings, reads and subscriptions fail within these steps.
            assertThat(run("source", "--seed", "20261123", "--steps", "2000")).isZero();
            LogManager.getLogger("io.hydrant.kinesis").warn("after");
        } finally {
            root.removeAppender(appender);
        }
        return logged;
    }

    @Test
    void refusesStepsThatAreNone() {
        assertThat(run("source", "--steps", "0")).isEqualTo(2);
        assertThat(err.toString()).startsWith("--steps must be at least 1");
    }

    private int run(String... arguments) {
        return new CommandLine(new SoakCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
