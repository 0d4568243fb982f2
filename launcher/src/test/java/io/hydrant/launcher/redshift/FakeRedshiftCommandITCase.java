package io.hydrant.launcher.redshift;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import java.io.BufferedReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

class FakeRedshiftCommandITCase {

    private static final Pattern PSQL =
            Pattern.compile("host=(\\S+) port=(\\d+) dbname=(\\S+) user=(\\S+) password=(\\S+) .*");

    @Test
    void printsWhatPsqlTakesAndRunsUntilItIsInterrupted() throws Exception {
        PipedReader printed = new PipedReader();
        CommandLine command = new CommandLine(new FakeRedshiftCommand());
        command.setOut(new PrintWriter(new PipedWriter(printed), true));
        Thread running =
                new Thread(() -> command.execute("--port", "0", "--s3", "http://127.0.0.1:1"));
        running.start();
        Matcher psql = psql(new BufferedReader(printed));
        String url =
                "jdbc:postgresql://" + psql.group(1) + ':' + psql.group(2) + '/' + psql.group(3);
        try (Connection connection =
                        DriverManager.getConnection(url, psql.group(4), psql.group(5));
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute("SELECT GETDATE()")).isTrue();
        }
        running.interrupt();
        running.join();
    }

    @Test
    void refusesAPortThatIsNone() {
        CommandLine command = new CommandLine(new FakeRedshiftCommand());
        StringWriter err = new StringWriter();
        command.setErr(new PrintWriter(err, true));
        assertThat(command.execute("--port", "70000")).isEqualTo(2);
        assertThat(err.toString()).contains("--port is 70000");
    }

    private static Matcher psql(BufferedReader printed) throws Exception {
        for (String line = printed.readLine(); line != null; line = printed.readLine()) {
            Matcher psql = PSQL.matcher(line);
            if (psql.find()) {
                return psql;
            }
        }
        throw new AssertionError("No line for psql");
    }
}
