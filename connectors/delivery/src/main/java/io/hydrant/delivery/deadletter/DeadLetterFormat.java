package io.hydrant.delivery.deadletter;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.Part;
import io.hydrant.delivery.RouteText;
import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.CatalogTable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a record that could not go on as one line of JSON, with Firehose's field names, so that
 * whatever reads Firehose's error objects reads these.
 *
 * <p>{@code rawData} is the payload as the source gave it, base64; times are milliseconds since the
 * epoch. Behind the fields that all kinds share come those of one kind, such as {@code lambdaArn}
 * of a Lambda transform. Behind Firehose's fields stands the record's identity, which makes the
 * line redrivable and its origin provable: {@code stream}, {@code shardId}, {@code sequenceNumber},
 * {@code subSequenceNumber}, {@code partitionKey}; for a part of a record also {@code part} (from
 * 0) and {@code lastPart}, and {@code rawData} is then that part. Where a table was chosen for it
 * before, {@code otfMetadata} says which, as a Lambda function says it. Source: Firehose developer
 * guide, "Handle failure in data transformation" and "Record format conversion error handling".
 */
public final class DeadLetterFormat {

    static final String ROUTE = "otfMetadata";

    private static final JsonFactory JSON = new JsonFactory();

    private final CatalogTable table;

    /** A format for records of any kind. */
    public DeadLetterFormat() {
        this(null);
    }

    /**
     * A format for records of any kind.
     *
     * @param table what records that could not be converted say they were to be converted to; null
     *     where no catalog has it
     */
    public DeadLetterFormat(CatalogTable table) {
        this.table = table;
    }

    /** Appends the line of a whole record, newline included, whatever the payload is. */
    public void encode(Envelope record, Failure failure, GrowingBytes out) {
        encode(record, Part.WHOLE, failure, out);
    }

    /** Appends the line of a record or a part of one, newline included, whatever the payload is. */
    public void encode(Envelope record, Part part, Failure failure, GrowingBytes out) {
        encode(record, part, failure, "", out);
    }

    /**
     * The same with the table that was chosen for it.
     *
     * @param route as {@link RouteText} writes it; what is none, such as a partition, is left out
     */
    public void encode(
            Envelope record, Part part, Failure failure, String route, GrowingBytes out) {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("attemptsMade", failure.attempts());
            json.writeNumberField("arrivalTimestamp", record.arrivalMillis());
            // The guide gives the fields other names for this one kind.
            boolean isConversion = failure.type() == ErrorOutputType.FORMAT_CONVERSION_FAILED;
            json.writeStringField(isConversion ? "lastErrorCode" : "errorCode", failure.code());
            json.writeStringField(
                    isConversion ? "lastErrorMessage" : "errorMessage", failure.message());
            json.writeNumberField("attemptEndingTimestamp", failure.attemptEndedMillis());
            json.writeFieldName("rawData");
            json.writeBinary(record.payloadArray(), record.payloadOffset(), record.payloadLength());
            for (Map.Entry<String, String> each : new TreeMap<>(failure.details()).entrySet()) {
                json.writeStringField(each.getKey(), each.getValue());
            }
            json.writeStringField("stream", record.stream());
            json.writeStringField("shardId", record.shard());
            json.writeStringField("sequenceNumber", record.sequence());
            json.writeNumberField("subSequenceNumber", record.subSequence());
            json.writeStringField("partitionKey", record.partitionKey());
            if (isConversion && table != null) {
                writeTable(json);
            }
            if (!part.isWhole()) {
                json.writeNumberField("part", part.index());
                json.writeBooleanField("lastPart", part.isLast());
            }
            if (RouteText.isRoute(route)) {
                json.writeFieldName(ROUTE);
                json.writeRawValue(route);
            }
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
    }

    private void writeTable(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("dataCatalogTable");
        json.writeStringField("catalogId", table.catalogId());
        json.writeStringField("databaseName", table.databaseName());
        json.writeStringField("tableName", table.tableName());
        json.writeStringField("region", table.region());
        json.writeStringField("versionId", table.versionId());
        json.writeStringField("catalogArn", table.arn());
        json.writeEndObject();
    }
}
