package io.hydrant.delivery.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Takes one ledger line apart, refusing whatever it does not expect. */
final class LedgerLineParser {

    private static final JsonFactory JSON =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private static final Set<String> ENTRY_FIELDS =
            Set.of(
                    "version",
                    "id",
                    "kind",
                    "object",
                    "storedBytes",
                    "uncompressedBytes",
                    "records",
                    "oldestArrival",
                    "newestArrival",
                    "deliveryStream",
                    "configVersion",
                    "redrive");
    private static final Set<String> SHARD_FIELDS =
            Set.of(
                    "stream",
                    "shard",
                    "first",
                    "firstSub",
                    "last",
                    "lastSub",
                    "count",
                    "fingerprint",
                    "parts");

    private static final Pattern SEQUENCE = Pattern.compile("[0-9]{1,128}");
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{16}");
    private static final int SHOWN_OF_LINE = 120;

    private final String line;

    LedgerLineParser(String line) {
        this.line = line;
    }

    LedgerEntry parse() throws CorruptLedgerException {
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw corrupt("it is no JSON object");
            }
            LedgerEntry entry = parseEntry(json);
            if (json.nextToken() != null) {
                throw corrupt("something follows the JSON object");
            }
            return entry;
        } catch (JsonProcessingException e) {
            throw new CorruptLedgerException(describe(e.getOriginalMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new CorruptLedgerException(describe(e.getMessage()), e);
        } catch (CorruptLedgerException e) {
            throw e;
        } catch (IOException e) {
            throw new CorruptLedgerException(describe(e.getMessage()), e);
        }
    }

    private LedgerEntry parseEntry(JsonParser json) throws IOException {
        Map<String, Object> fields = new HashMap<>();
        List<ShardTally> shards = null;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            if (name.equals("shards")) {
                shards = parseShards(json);
            } else if (ENTRY_FIELDS.contains(name)) {
                fields.put(name, scalar(name, json));
            } else if (fields.containsKey("version")) {
                requireKnownVersion(fields);
                throw corrupt("field '" + name + "' is unknown");
            } else {
                throw corrupt("field '" + name + "' is unknown and no version comes before it");
            }
        }
        requireKnownVersion(fields);
        if (shards == null) {
            throw corrupt("field 'shards' is missing");
        }
        return new LedgerEntry(
                id(fields, "id"),
                kind(fields),
                fields.containsKey("object") ? text(fields, "object") : null,
                number(fields, "storedBytes"),
                number(fields, "uncompressedBytes"),
                number(fields, "records"),
                number(fields, "oldestArrival"),
                number(fields, "newestArrival"),
                shards,
                text(fields, "deliveryStream"),
                text(fields, "configVersion"),
                fields.containsKey("redrive") ? id(fields, "redrive") : null);
    }

    private List<ShardTally> parseShards(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_ARRAY) {
            throw corrupt("field 'shards' is no array");
        }
        List<ShardTally> shards = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw corrupt("field 'shards' holds something that is no object");
            }
            shards.add(parseShard(json));
        }
        return shards;
    }

    private ShardTally parseShard(JsonParser json) throws IOException {
        Map<String, Object> fields = new HashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            if (!SHARD_FIELDS.contains(name)) {
                throw corrupt("field '" + name + "' of a shard is unknown");
            }
            fields.put(name, scalar(name, json));
        }
        return new ShardTally(
                text(fields, "stream"),
                text(fields, "shard"),
                matching(fields, "first", SEQUENCE, "decimal digits"),
                number(fields, "firstSub"),
                matching(fields, "last", SEQUENCE, "decimal digits"),
                number(fields, "lastSub"),
                number(fields, "count"),
                Long.parseUnsignedLong(
                        matching(fields, "fingerprint", FINGERPRINT, "16 hexadecimal digits"), 16),
                fields.containsKey("parts") ? number(fields, "parts") : 0);
    }

    private Object scalar(String name, JsonParser json) throws IOException {
        return switch (json.nextToken()) {
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> json.getLongValue();
            default -> throw corrupt("field '" + name + "' is neither text nor a whole number");
        };
    }

    private void requireKnownVersion(Map<String, Object> fields) throws CorruptLedgerException {
        long version = number(fields, "version");
        if (version != LedgerLine.VERSION) {
            throw corrupt(
                    "it has version "
                            + version
                            + ", and this Hydrant reads version "
                            + LedgerLine.VERSION
                            + "; use the release that wrote it, or a newer one");
        }
    }

    private UUID id(Map<String, Object> fields, String name) throws CorruptLedgerException {
        String text = text(fields, name);
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equals(text)) {
                return id;
            }
        } catch (IllegalArgumentException ignored) {
            // answered below, together with the short forms that UUID.fromString lets pass
        }
        throw corrupt("field '" + name + "' is no UUID: " + text);
    }

    private EntryKind kind(Map<String, Object> fields) throws CorruptLedgerException {
        String text = text(fields, "kind");
        for (EntryKind kind : EntryKind.values()) {
            if (kind.text().equals(text)) {
                return kind;
            }
        }
        throw corrupt("field 'kind' is " + text + "; data, error, dropped, lost or redriven");
    }

    private String matching(
            Map<String, Object> fields, String name, Pattern pattern, String description)
            throws CorruptLedgerException {
        String text = text(fields, name);
        if (!pattern.matcher(text).matches()) {
            throw corrupt("field '" + name + "' must be " + description + ", but is " + text);
        }
        return text;
    }

    private String text(Map<String, Object> fields, String name) throws CorruptLedgerException {
        if (required(fields, name) instanceof String text) {
            return text;
        }
        throw corrupt("field '" + name + "' must be text, but is " + fields.get(name));
    }

    private long number(Map<String, Object> fields, String name) throws CorruptLedgerException {
        if (required(fields, name) instanceof Long number) {
            return number;
        }
        throw corrupt("field '" + name + "' must be a number, but is " + fields.get(name));
    }

    private Object required(Map<String, Object> fields, String name) throws CorruptLedgerException {
        Object value = fields.get(name);
        if (value == null) {
            throw corrupt("field '" + name + "' is missing");
        }
        return value;
    }

    private CorruptLedgerException corrupt(String reason) {
        return new CorruptLedgerException(describe(reason));
    }

    private String describe(String reason) {
        String shown =
                line.length() <= SHOWN_OF_LINE ? line : line.substring(0, SHOWN_OF_LINE) + "…";
        return "Not a ledger entry, " + reason + ": " + shown;
    }
}
