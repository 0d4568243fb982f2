package io.hydrant.jobs.gateway.auth;

import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys that requests may be signed with. Immutable. */
public final class ClientKeys {

    private static final String STREAMS = "hydrant_streams";
    private static final String KEY_ID = "aws_access_key_id";
    private static final String SECRET = "aws_secret_access_key";

    private final Map<String, Client> byAccessKeyId;

    private ClientKeys(Map<String, Client> byAccessKeyId) {
        this.byAccessKeyId = Map.copyOf(byAccessKeyId);
    }

    /** The keys of these clients, each of which has another. */
    public static ClientKeys of(Collection<Client> clients) {
        Map<String, Client> found = new HashMap<>();
        for (Client client : clients) {
            Client other = found.put(client.accessKeyId(), client);
            if (other != null) {
                throw new IllegalArgumentException(
                        "The profiles "
                                + other.name()
                                + " and "
                                + client.name()
                                + " have the same "
                                + KEY_ID
                                + "; give each client a key of its own");
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "There are no clients; nobody could send a request that is taken");
        }
        return new ClientKeys(found);
    }

    /**
     * Reads a file of the form of {@code ~/.aws/credentials}: each profile is a client. Beside the
     * key pair and {@code aws_session_token}, a profile may have {@code hydrant_streams}, the names
     * of the only streams that it may use, with commas between.
     *
     * @throws IOException if there is no such file
     * @throws IllegalArgumentException naming the profile, and never a secret
     */
    public static ClientKeys read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(
                    file
                            + " is no file that can be read. It has the form of ~/.aws/credentials, each"
                            + " profile a client of the gateway");
        }
        ProfileFile profiles =
                ProfileFile.builder().content(file).type(ProfileFile.Type.CREDENTIALS).build();
        try {
            return of(profiles.profiles().values().stream().map(ClientKeys::client).toList());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static Client client(Profile profile) {
        return new Client(
                profile.name(),
                require(profile, KEY_ID),
                require(profile, SECRET),
                profile.property("aws_session_token").orElse(null),
                profile.property(STREAMS).map(ClientKeys::names).orElse(null));
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    private static String require(Profile profile, String property) {
        return profile.property(property)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "The profile "
                                                + profile.name()
                                                + " has no "
                                                + property
                                                + "; every profile is a client and needs a key pair"));
    }

    /** The client with that key, or null. */
    Client client(String accessKeyId) {
        return byAccessKeyId.get(accessKeyId);
    }

    /** How many there are. */
    public int size() {
        return byAccessKeyId.size();
    }
}
