package io.hydrant.jobs.gateway.auth;

import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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

    private static final String WEBHOOK_SECRETS = "hydrant_webhook_secret";
    private static final String WEBHOOK_HEADER = "hydrant_webhook_header";
    private static final String WEBHOOK_SCHEME = "hydrant_webhook_scheme";
    private static final int LEAST_SECRET = 16;

    /** RFC 9110, 5.6.2. */
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private final Map<String, Client> byName;
    private final Map<String, Client> byAccessKeyId;

    /**
     * By the hash of the key: how long it takes to look for a wrong one says nothing of the right.
     */
    private final Map<String, Client> byHttpKeyHash;

    private final Map<String, WebhookKey> webhooks;

    private ClientKeys(
            Map<String, Client> byName,
            Map<String, Client> byAccessKeyId,
            Map<String, Client> byHttpKeyHash,
            Collection<WebhookKey> webhooks) {
        this.byName = Map.copyOf(byName);
        this.byAccessKeyId = Map.copyOf(byAccessKeyId);
        this.byHttpKeyHash = Map.copyOf(byHttpKeyHash);
        this.webhooks =
                webhooks.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        key -> key.client().name(), Function.identity()));
    }

    /** The keys of these clients, each of which has another. */
    public static ClientKeys of(Collection<Client> clients) {
        Map<Client, List<String>> withoutHttpKeys = new LinkedHashMap<>();
        clients.forEach(client -> withoutHttpKeys.put(client, List.of()));
        return of(withoutHttpKeys, List.of());
    }

    /** The same with the keys that each may send over plain HTTP, and those of webhooks. */
    static ClientKeys of(Map<Client, List<String>> httpKeys, Collection<WebhookKey> webhooks) {
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
        return new ClientKeys(byName, byAccessKeyId, byHttpKeyHash, webhooks);
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
     * hydrant_http_key}, one or more keys for plain HTTP with commas between, or {@code
     * hydrant_webhook_secret}, {@code hydrant_webhook_header} and {@code hydrant_webhook_scheme} of
     * webhooks; and {@code hydrant_streams}, the names of the only streams that it may use.
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
            List<WebhookKey> webhooks = new ArrayList<>();
            for (Profile profile : profiles.profiles().values()) {
                List<String> httpKeys = httpKeys(profile);
                List<String> secrets = webhookSecrets(profile);
                Client client = client(profile, httpKeys.isEmpty() && secrets.isEmpty());
                clients.put(client, httpKeys);
                if (!secrets.isEmpty()) {
                    webhooks.add(webhook(profile, client, secrets));
                }
            }
            return of(clients, webhooks);
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

    private static List<String> webhookSecrets(Profile profile) {
        String list = profile.property(WEBHOOK_SECRETS).orElse(null);
        if (list == null) {
            for (String name : List.of(WEBHOOK_HEADER, WEBHOOK_SCHEME)) {
                if (profile.property(name).isPresent()) {
                    throw new IllegalArgumentException(
                            "The profile "
                                    + profile.name()
                                    + " has a "
                                    + name
                                    + ", which says something of a "
                                    + WEBHOOK_SECRETS
                                    + " that it has not");
                }
            }
            return List.of();
        }
        List<String> secrets = Arrays.stream(list.split(",", -1)).map(String::trim).toList();
        if (secrets.stream().anyMatch(secret -> secret.length() < LEAST_SECRET)) {
            throw new IllegalArgumentException(
                    "The profile "
                            + profile.name()
                            + " has a "
                            + WEBHOOK_SECRETS
                            + " that can be guessed: give at least "
                            + LEAST_SECRET
                            + " characters; 'openssl rand -hex 24' makes one");
        }
        return secrets;
    }

    private static WebhookKey webhook(Profile profile, Client client, List<String> secrets) {
        String word = profile.property(WEBHOOK_SCHEME).orElse(WebhookKey.Scheme.BODY.word());
        WebhookKey.Scheme scheme = WebhookKey.Scheme.named(word);
        if (scheme == null) {
            throw new IllegalArgumentException(
                    "The profile "
                            + profile.name()
                            + " has the "
                            + WEBHOOK_SCHEME
                            + " '"
                            + word
                            + "'; it may be "
                            + Arrays.stream(WebhookKey.Scheme.values())
                                    .map(WebhookKey.Scheme::word)
                                    .toList());
        }
        String usual =
                scheme == WebhookKey.Scheme.STRIPE ? "Stripe-Signature" : "X-Hub-Signature-256";
        String header = profile.property(WEBHOOK_HEADER).orElse(usual);
        if (!HEADER.matcher(header).matches()) {
            throw new IllegalArgumentException(
                    "The profile "
                            + profile.name()
                            + " has the "
                            + WEBHOOK_HEADER
                            + " '"
                            + header
                            + "', which is no name of a header");
        }
        return new WebhookKey(client, secrets, header, scheme);
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
                                                + "; every profile is a client and needs a key pair, a "
                                                + HTTP_KEYS
                                                + " or a "
                                                + WEBHOOK_SECRETS));
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

    /** How the client of that name signs its webhooks; null where it has none. */
    WebhookKey webhookKey(String name) {
        return webhooks.get(name);
    }

    /** The client of that name, or null. */
    public Client named(String name) {
        return byName.get(name);
    }

    /** Whether any client has a key, or webhooks, for plain HTTP. */
    public boolean hasHttpKeys() {
        return !byHttpKeyHash.isEmpty() || !webhooks.isEmpty();
    }

    /** How many clients there are. */
    public int size() {
        return byName.size();
    }
}
