package io.hydrant.launcher.redshift;

import io.hydrant.localstack.fakes.redshift.FakeRedshift;
import io.hydrant.localstack.fakes.redshift.S3StagedObjects;
import io.hydrant.localstack.harness.server.LocalStackServer;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** {@code ./hydrant fake-redshift}: a double of Redshift that runs until it is interrupted. */
@Command(
        name = "fake-redshift",
        mixinStandardHelpOptions = true,
        description = {
            "Run a double of Redshift for development: Amazon's JDBC driver and psql "
                    + "connect to it.",
            "COPY reads from the S3 endpoint given. It begins empty, and ends with what it "
                    + "holds on Ctrl-C."
        })
public final class FakeRedshiftCommand implements Callable<Integer> {

    private static final String ENDPOINT = "HYDRANT_LOCALSTACK_ENDPOINT";

    @Spec private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "5439",
            description = "port on 127.0.0.1, 0 for any free one (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--s3",
            paramLabel = "URL",
            description =
                    "S3 endpoint that COPY reads from (default: $HYDRANT_LOCALSTACK_ENDPOINT, else "
                            + "http://127.0.0.1:4566, where `hydrant localstack up` is)")
    private URI s3;

    @Override
    public Integer call() throws IOException {
        if (port < 0 || port > 65_535) {
            throw new ParameterException(
                    spec.commandLine(), "--port is " + port + "; it must be 0 to 65535");
        }
        URI endpoint = endpoint();
        PrintWriter out = spec.commandLine().getOut();
        try (S3StagedObjects objects = S3StagedObjects.at(endpoint);
                FakeRedshift redshift = FakeRedshift.start(port, objects)) {
            out.println("COPY reads from " + endpoint);
            out.println("jdbc   " + redshift.jdbcUrl());
            out.printf(
                    "psql   psql 'host=127.0.0.1 port=%d dbname=%s user=%s password=%s sslmode=disable'%n",
                    redshift.port(),
                    FakeRedshift.DATABASE,
                    FakeRedshift.USER,
                    FakeRedshift.PASSWORD);
            out.println("Ctrl-C ends it.");
            out.flush();
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private URI endpoint() {
        if (s3 != null) {
            return s3;
        }
        String running = System.getenv(ENDPOINT);
        return URI.create(
                running == null || running.isBlank()
                        ? "http://127.0.0.1:" + LocalStackServer.USUAL_PORT
                        : running);
    }
}
