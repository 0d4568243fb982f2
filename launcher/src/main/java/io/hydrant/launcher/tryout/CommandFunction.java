package io.hydrant.launcher.tryout;

import io.hydrant.lambda.LambdaAnswer;
import io.hydrant.lambda.LambdaApi;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * A command of the shell in place of a Lambda function: it reads an event and prints the answer,
 * and has failed where it ends with another code than 0, or prints more than Lambda takes.
 */
public final class CommandFunction implements LambdaApi {

    /** Lambda, "Quotas": the payload of an answer. */
    private static final int MOST_BYTES = 6_291_556;

    private static final int ANSWERED = 200;

    private final String command;

    /**
     * A command.
     *
     * @param command what the shell is given
     */
    public CommandFunction(String command) {
        this.command = command;
    }

    @Override
    public LambdaAnswer invoke(byte[] request) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("/bin/sh", "-c", command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            // What it prints must be read while it reads, or both sides wait for each other.
            CompletableFuture<Void> sent =
                    CompletableFuture.runAsync(() -> send(request, process.getOutputStream()));
            byte[] printed = process.getInputStream().readNBytes(MOST_BYTES + 1);
            if (printed.length > MOST_BYTES) {
                return failed("Function.ResponseSizeTooLarge", "more than 6 MB are printed");
            }
            int code = process.waitFor();
            sent.join();
            return code == 0
                    ? new LambdaAnswer(ANSWERED, null, null, printed)
                    : failed("Runtime.ExitError", "the command ended with " + code);
        } finally {
            process.destroy();
        }
    }

    private static void send(byte[] request, OutputStream to) {
        try (to) {
            to.write(request);
        } catch (IOException e) {
            // A command may answer without having read all, or anything.
        }
    }

    private static LambdaAnswer failed(String type, String message) {
        String error = "{\"errorType\": \"" + type + "\", \"errorMessage\": \"" + message + "\"}";
        return new LambdaAnswer(
                ANSWERED, null, "Unhandled", error.getBytes(StandardCharsets.UTF_8));
    }
}
