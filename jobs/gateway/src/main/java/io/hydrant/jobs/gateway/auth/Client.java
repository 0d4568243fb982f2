package io.hydrant.jobs.gateway.auth;

import java.util.Objects;
import java.util.Set;

/**
 * Somebody who may send requests.
 *
 * @param name what logs and metrics call it
 * @param accessKeyId its key's name; null for one that signs nothing
 * @param secretKey its key; never printed; null likewise
 * @param sessionToken the token that has to come with each request, or null
 * @param streams delivery streams and Kinesis streams that it may use, by name; null for all
 */
public record Client(
        String name,
        String accessKeyId,
        String secretKey,
        String sessionToken,
        Set<String> streams) {

    /** Validates that nothing is missing. */
    public Client {
        Objects.requireNonNull(name, "name");
        if ((accessKeyId == null) != (secretKey == null)) {
            throw new IllegalArgumentException(
                    "The client " + name + " has one half of a key pair; give both or none");
        }
        streams = streams == null ? null : Set.copyOf(streams);
    }

    /** Whether it may use the stream. */
    public boolean mayUse(String stream) {
        return streams == null || streams.contains(stream);
    }

    @Override
    public String toString() {
        return accessKeyId == null ? name : name + " (" + accessKeyId + ")";
    }
}
