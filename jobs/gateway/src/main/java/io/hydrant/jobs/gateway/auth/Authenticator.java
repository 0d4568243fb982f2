package io.hydrant.jobs.gateway.auth;

import io.hydrant.jobs.gateway.api.RequestHead;
import io.hydrant.jobs.gateway.api.ServiceError;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Decides whose request it is: in two steps, so that a request which cannot be anybody's is turned
 * away before its body is read.
 *
 * <p>Errors have the names that AWS gives them. What is signed must hold the host, the time, the
 * action and the token; else somebody on the way could exchange them.
 *
 * <p>Source: AWS Signature Version 4 (IAM user guide), "Troubleshoot Signature Version 4", and
 * Firehose API reference, "Common Errors".
 */
public final class Authenticator {

    /** What HTTP/2 calls the host, and some SDKs sign in its place. */
    public static final String AUTHORITY = ":authority";

    private static final Duration MAX_SKEW = Duration.ofMinutes(5);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String TOKEN = "X-Amz-Security-Token";
    private static final String CONTENT_HASH = "X-Amz-Content-Sha256";
    private static final Pattern NOT_WHOLE =
            Pattern.compile("UNSIGNED-PAYLOAD|STREAMING-[A-Z0-9-]{1,64}");
    private static final List<String> SIGNED_IF_THERE =
            List.of("X-Amz-Date", "X-Amz-Target", TOKEN, CONTENT_HASH);

    private final ClientKeys keys;
    private final InstantSource clock;

    /** Knows these keys; the clock tells how old a signature is. */
    public Authenticator(ClientKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** A request that says whose it is, in an order that could be true. */
    public static final class Claimed {

        private final Claim claim;
        private final Client client;

        private Claimed(Claim claim, Client client) {
            this.claim = claim;
            this.client = client;
        }
    }

    /**
     * The first step, on the head alone.
     *
     * @param service the service that the request is for, such as {@code firehose}
     * @throws ServiceError where it can be nobody's
     */
    public Claimed claim(RequestHead head, String service) {
        Claim claim = Claim.of(head);
        requireFreshness(claim);
        if (!claim.service().equals(service)) {
            throw invalid("Credential should be scoped to correct service: '" + service + "'.");
        }
        if (!claim.signedHeaders().contains("host") && !claim.signedHeaders().contains(AUTHORITY)) {
            throw invalid(
                    "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
        }
        for (String header : SIGNED_IF_THERE) {
            if (head.first(header) != null
                    && !claim.signedHeaders().contains(header.toLowerCase(Locale.ROOT))) {
                throw invalid(
                        "'" + header + "' must be a 'SignedHeader' in the AWS Authorization.");
            }
        }
        requireWholeBody(head.first(CONTENT_HASH));
        Client client = keys.client(claim.accessKeyId());
        if (client == null || !hasToken(head, client)) {
            throw ServiceError.ofCaller(
                    "UnrecognizedClientException",
                    "The security token included in the request is invalid.");
        }
        return new Claimed(claim, client);
    }

    /**
     * The second step.
     *
     * @return whose request it is
     * @throws ServiceError where the signature is not that client's over this request
     */
    public Client verify(Claimed claimed, RequestHead head, byte[] body) {
        String bodyHash = SignatureV4.sha256(body);
        String saidHash = head.first(CONTENT_HASH);
        String expected =
                SignatureV4.sign(claimed.client.secretKey(), claimed.claim, head, bodyHash);
        boolean isSigned = same(expected, claimed.claim.signature());
        if (!isSigned || (saidHash != null && !same(bodyHash, saidHash))) {
            throw invalid(
                    "The request signature we calculated does not match the signature you provided."
                            + " Check your AWS Secret Access Key and signing method.");
        }
        return claimed.client;
    }

    /** What is signed piece by piece, or not at all, is for S3; services with JSON have no such. */
    private static void requireWholeBody(String saidHash) {
        if (saidHash != null && NOT_WHOLE.matcher(saidHash).matches()) {
            throw invalid(
                    CONTENT_HASH
                            + " is "
                            + saidHash
                            + ", which is for S3; sign the SHA-256 of the whole body.");
        }
    }

    private void requireFreshness(Claim claim) {
        Instant signed;
        try {
            signed = TIME.parse(claim.time(), Instant::from);
        } catch (DateTimeParseException e) {
            throw ServiceError.ofCaller(
                    "IncompleteSignatureException",
                    "Date must be in ISO-8601 'basic format'. Got '" + claim.time() + "'.");
        }
        if (!claim.time().startsWith(claim.date())) {
            throw invalid(
                    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date"
                            + " from HTTP: '"
                            + claim.date()
                            + "' != '"
                            + claim.time().substring(0, 8)
                            + "'.");
        }
        Instant now = clock.instant();
        if (signed.isBefore(now.minus(MAX_SKEW))) {
            throw invalid(
                    "Signature expired: "
                            + claim.time()
                            + " is now earlier than "
                            + TIME.format(now.minus(MAX_SKEW))
                            + " ("
                            + TIME.format(now)
                            + " - 5 min.)");
        }
        if (signed.isAfter(now.plus(MAX_SKEW))) {
            throw invalid(
                    "Signature not yet current: "
                            + claim.time()
                            + " is still later than "
                            + TIME.format(now.plus(MAX_SKEW))
                            + " ("
                            + TIME.format(now)
                            + " + 5 min.)");
        }
    }

    private static boolean hasToken(RequestHead head, Client client) {
        String token = head.first(TOKEN);
        return client.sessionToken() == null
                ? token == null
                : token != null && same(client.sessionToken(), token);
    }

    /** Takes as long for texts that differ early as for those that differ late. */
    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static ServiceError invalid(String message) {
        return ServiceError.ofCaller("InvalidSignatureException", message);
    }
}
