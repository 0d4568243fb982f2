package io.hydrant.localstack.harness.kinesalite;

import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.HydrantCache;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A kinesalite of its own in another process, in memory, empty at first: an implementation of the
 * Kinesis API that has nothing in common with LocalStack's. It ends with this JVM.
 *
 * <p>It takes any credentials, and differs from the service in this:
 *
 * <ul>
 *   <li>Its CBOR is no good: the data of records comes as a map, and times a thousandfold too
 *       early. Clients have to speak JSON.
 *   <li>A request for an iterator at a time with fractions of a second is never answered.
 *   <li>Requests need the stream's name; an ARN alone is refused.
 *   <li>ListShards takes no filter, so that closed shards are listed where open ones were asked
 *       for: a start at LATEST reads them, too.
 *   <li>By itself it ends at a client that hangs up in the middle of a request; ours does not.
 *   <li>There is no enhanced fan-out, nothing expires, and no call is throttled.
 * </ul>
 */
public final class Kinesalite implements AutoCloseable {

    private final Process process;
    private final URI endpoint;

    private Kinesalite(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @throws IOException if it cannot be had or does not start; its own words are on this process'
     *     error output
     */
    public static Kinesalite start() throws IOException {
        Path folder =
                KinesaliteInstallation.folder(HydrantCache.ofUser(), Progress.onStandardError());
        Process process =
                new ProcessBuilder("node", KinesaliteInstallation.START)
                        .directory(folder.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader words = process.inputReader(StandardCharsets.UTF_8);
        String port = words.readLine();
        if (port == null) {
            throw new IOException("Kinesalite did not start: its error output says why");
        }
        return new Kinesalite(process, URI.create("http://127.0.0.1:" + port));
    }

    /** Where it is found. */
    public URI endpoint() {
        return endpoint;
    }

    /** Ends it. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
