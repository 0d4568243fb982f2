package io.hydrant.delivery.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes and reads ledger entries as JSON, one per line, in UTF-8.
 *
 * <pre>
 * {"version":1,"id":"…","kind":"data","object":"s3://bucket/key","storedBytes":1,"uncompressedBytes":2,
 *  "records":3,"oldestArrival":4,"newestArrival":5,"deliveryStream":"flights","configVersion":"1",
 *  "shards":[{"stream":"s","shard":"shardId-000000000000","first":"49…","firstSub":0,
 *             "last":"49…","lastSub":0,"count":3,"fingerprint":"00f1…"}]}
 * </pre>
 *
 * <p>An entry has {@code redrive}, too, where its records came out of an error object: the id of
 * the entry that says so. A shard has {@code parts} where the object holds parts of records that
 * count elsewhere.
 *
 * <p>Sequence numbers and fingerprints are strings, because most JSON readers cut numbers of their
 * size. The reader is strict: a field it does not know, or misses, is an error, since a ledger that
 * is half understood proves nothing.
 */
public final class LedgerLine {

    static final int VERSION = 1;

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private LedgerLine() {}

    /** Appends the entry and a newline to {@code out}, which stays open. */
    public static void write(LedgerEntry entry, OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("version", VERSION);
            json.writeStringField("id", entry.id().toString());
            json.writeStringField("kind", entry.kind().text());
            if (entry.object() != null) {
                json.writeStringField("object", entry.object());
            }
            json.writeNumberField("storedBytes", entry.storedBytes());
            json.writeNumberField("uncompressedBytes", entry.uncompressedBytes());
            json.writeNumberField("records", entry.records());
            json.writeNumberField("oldestArrival", entry.oldestArrivalMillis());
            json.writeNumberField("newestArrival", entry.newestArrivalMillis());
            json.writeStringField("deliveryStream", entry.deliveryStream());
            json.writeStringField("configVersion", entry.configVersion());
            if (entry.redrive() != null) {
                json.writeStringField("redrive", entry.redrive().toString());
            }
            json.writeArrayFieldStart("shards");
            for (ShardTally shard : entry.shards()) {
                writeShard(shard, json);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    /**
     * Reads one line.
     *
     * @param line the line, its newline or not
     * @throws CorruptLedgerException if it is no entry, or one of a newer version; the message says
     *     what is wrong with which field
     */
    public static LedgerEntry read(String line) throws CorruptLedgerException {
        return new LedgerLineParser(line).parse();
    }

    private static void writeShard(ShardTally shard, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("stream", shard.stream());
        json.writeStringField("shard", shard.shard());
        json.writeStringField("first", shard.firstSequence());
        json.writeNumberField("firstSub", shard.firstSubSequence());
        json.writeStringField("last", shard.lastSequence());
        json.writeNumberField("lastSub", shard.lastSubSequence());
        json.writeNumberField("count", shard.count());
        json.writeStringField("fingerprint", hex(shard.fingerprint()));
        if (shard.parts() > 0) {
            json.writeNumberField("parts", shard.parts());
        }
        json.writeEndObject();
    }

    private static String hex(long value) {
        String digits = Long.toHexString(value);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
