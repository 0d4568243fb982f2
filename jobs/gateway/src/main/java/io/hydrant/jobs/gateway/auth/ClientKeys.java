package io.hydrant.jobs.gateway.auth;

import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The keys that requests are signed with, or that come with them over plain HTTP. Immutable. */
public final class ClientKeys {

    private static final String STREAMS = "hydrant_streams";
    private static final String HTTP_KEYS = "hydrant_http_key";
    private static final String KEY_ID = "aws_access_key_id";
    private static final String SECRET = "aws_secret_access_key";

    /** What may stand behind "Bearer" (RFC 6750, 2.1), and is too long to be found by trying. */
    private static final Pattern HTTP_KEY = Pattern.compile("[A-Za-z0-9._~+/-]{16,}=*");

    private final Map<String, Client> byName;
    private final Map<String, Client> byAccessKeyId;

    /**
     * By the hash of the key: how long it takes to look for a wrong one says nothing of the right.
     */
    private final Map<String, Client> byHttpKeyHash;

    private ClientKeys(
            Map<String, Client> byName,
            Map<String, Client> byAccessKeyId,
            Map<String, Client> byHttpKeyHash) {
        this.byName = Map.copyOf(byName);
        this.byAccessKeyId = Map.copyOf(byAccessKeyId);
        this.byHttpKeyHash = Map.copyOf(byHttpKeyHash);
    }

    /** The keys of these clients, each of which has another. */
    public static ClientKeys of(Collection<Client> clients) {
        Map<Client, List<String>> withoutHttpKeys = new LinkedHashMap<>();
        clients.forEach(client -> withoutHttpKeys.put(client, List.of()));
        return of(withoutHttpKeys);
    }

    /** The same with the keys that each may send over plain HTTP. */
    static ClientKeys of(Map<Client, List<String>> httpKeys) {
        Map<String, Client> byName = new HashMap<>();
        Map<String, Client> byAccessKeyId = new HashMap<>();
        Map<String, Client> byHttpKeyHash = new HashMap<>();
        httpKeys.forEach(
                (client, keys) -> {
                    byName.put(client.name(), client);
                    if (client.accessKeyId() != null) {
                        requireAlone(
                                byAccessKeyId.put(client.accessKeyId(), client), client, KEY_ID);
                    }
                    for (String key : keys) {
                        requireAlone(byHttpKeyHash.put(hash(key), client), client, HTTP_KEYS);
                    }
                });
        if (byName.isEmpty()) {
            throw new IllegalArgumentException(
                    "There are no clients; nobody could send a request that is taken");
        }
        return new ClientKeys(byName, byAccessKeyId, byHttpKeyHash);
    }

    private static void requireAlone(Client other, Client client, String property) {
        if (other != null) {
            throw new IllegalArgumentException(
                    "The profiles "
                            + other.name()
                            + " and "
                            + client.name()
                            + " have the same "
                            + property
                            + "; give each client a key of its own");
        }
    }

    /**
     * Reads a file of the form of {@code ~/.aws/credentials}: each profile is a client. Beside the
     * key pair and {@code aws_session_token}, or in place of them, a profile may have {@code
     * hydrant_http_key}, one or more keys for plain HTTP with commas between; and {@code
     * hydrant_streams}, the names of the only streams that it may use.
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
            Map<Client, List<String>> clients = new LinkedHashMap<>();
            for (Profile profile : profiles.profiles().values()) {
                List<String> httpKeys = httpKeys(profile);
                clients.put(client(profile, httpKeys.isEmpty()), httpKeys);
            }
            return of(clients);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static Client client(Profile profile, boolean needsPair) {
        boolean hasPair =
                needsPair
                        || profile.property(KEY_ID).isPresent()
                        || profile.property(SECRET).isPresent();
        return new Client(
                profile.name(),
                hasPair ? require(profile, KEY_ID) : null,
                hasPair ? require(profile, SECRET) : null,
                profile.property("aws_session_token").orElse(null),
                profile.property(STREAMS).map(ClientKeys::names).orElse(null));
    }

    private static List<String> httpKeys(Profile profile) {
        String list = profile.property(HTTP_KEYS).orElse(null);
        if (list == null) {
            return List.of();
        }
        List<String> keys = Arrays.stream(list.split(",", -1)).map(String::trim).toList();
        if (!keys.stream().allMatch(HTTP_KEY.asMatchPredicate())) {
            throw new IllegalArgumentException(
                    "The profile "
                            + profile.name()
                            + " has a "
                            + HTTP_KEYS
                            + " that cannot be one: it has at least 16 letters, digits, and - . _ ~ + /;"
                            + " 'openssl rand -hex 24' makes one");
        }
        return keys;
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
                                                + "; every profile is a client and needs a key pair, or a "
                                                + HTTP_KEYS));
    }

    private static String hash(String httpKey) {
        return SignatureV4.sha256(httpKey.getBytes(StandardCharsets.UTF_8));
    }

    /** The client with that key, or null. */
    Client client(String accessKeyId) {
        return byAccessKeyId.get(accessKeyId);
    }

    /** The client with that key for plain HTTP, or null. */
    Client clientOfHttpKey(String key) {
        return byHttpKeyHash.get(hash(key));
    }

    /** The client of that name, or null. */
    public Client named(String name) {
        return byName.get(name);
    }

    /** Whether any client has a key for plain HTTP. */
    public boolean hasHttpKeys() {
        return !byHttpKeyHash.isEmpty();
    }

    /** How many clients there are. */
    public int size() {
        return byName.size();
    }
}
