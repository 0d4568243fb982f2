package io.hydrant.jobs.gateway.limits;

import io.hydrant.jobs.gateway.auth.Client;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Holds each client to what it may put in a second. Thread-safe. */
public final class ClientLimits {

    /**
     * What one client may put.
     *
     * @param requests requests a second, or null for any number
     * @param records records a second, or null for any number
     * @param bytes bytes of their data a second, or null for any number
     */
    public record Rates(Long requests, Long records, Long bytes) {

        /** Validates ranges. */
        public Rates {
            requirePositive("requests", requests);
            requirePositive("records", records);
            requirePositive("bytes", bytes);
        }

        private static void requirePositive(String what, Long rate) {
            if (rate != null && rate < 1) {
                throw new IllegalArgumentException(
                        "A client must be allowed at least 1 of "
                                + what
                                + " a second, but is allowed "
                                + rate);
            }
        }
    }

    private final Rates rates;
    private final LongSupplier nanoTime;
    private final Map<String, Buckets> byClient = new ConcurrentHashMap<>();

    /** The same rates for each client; the clock is one such as {@link System#nanoTime}. */
    public ClientLimits(Rates rates, LongSupplier nanoTime) {
        this.rates = rates;
        this.nanoTime = nanoTime;
    }

    /** Whether the client may send another request now. */
    public boolean takesRequest(Client client) {
        TokenBucket requests = of(client).requests;
        return requests == null || requests.take(1, nanoTime.getAsLong());
    }

    /** Whether the client may put another record of that many bytes now. */
    public boolean takesRecord(Client client, long bytes) {
        return takesRecords(client, 1, bytes);
    }

    /** Whether it may put that many now, together of that many bytes. */
    public boolean takesRecords(Client client, long records, long bytes) {
        Buckets buckets = of(client);
        long now = nanoTime.getAsLong();
        if (buckets.records != null && !buckets.records.take(records, now)) {
            return false;
        }
        if (buckets.bytes != null && !buckets.bytes.take(bytes, now)) {
            if (buckets.records != null) {
                buckets.records.giveBack(records);
            }
            return false;
        }
        return true;
    }

    /** How long until another request would be taken, if none came meanwhile. */
    public Duration untilRequest(Client client) {
        return until(of(client).requests, 1);
    }

    /** The same for that many records, together of that many bytes. */
    public Duration untilRecords(Client client, long records, long bytes) {
        Buckets buckets = of(client);
        Duration forRecords = until(buckets.records, records);
        Duration forBytes = until(buckets.bytes, bytes);
        return forRecords.compareTo(forBytes) > 0 ? forRecords : forBytes;
    }

    private Duration until(TokenBucket bucket, long amount) {
        return bucket == null ? Duration.ZERO : bucket.until(amount, nanoTime.getAsLong());
    }

    private Buckets of(Client client) {
        return byClient.computeIfAbsent(client.name(), name -> new Buckets());
    }

    private final class Buckets {

        private final TokenBucket requests = bucket(rates.requests());
        private final TokenBucket records = bucket(rates.records());
        private final TokenBucket bytes = bucket(rates.bytes());

        private TokenBucket bucket(Long rate) {
            return rate == null ? null : new TokenBucket(rate, nanoTime.getAsLong());
        }
    }
}
