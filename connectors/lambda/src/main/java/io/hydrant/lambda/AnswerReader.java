package io.hydrant.lambda;

import io.hydrant.delivery.RouteText;
import io.hydrant.delivery.processing.TransformResult;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Reads what a function answered and judges every record by it.
 *
 * <p>Rules (Firehose developer guide, "Required parameters for data transformation", "Dynamic
 * partitioning" and the Lambda invocation errors of "Monitor using CloudWatch Logs"):
 *
 * <ul>
 *   <li>An answer that is no JSON object with an array {@code records} fails all: {@code
 *       Lambda.JsonProcessingException}.
 *   <li>A record without a result: {@code Lambda.MissingRecordId}. A result of an id that was not
 *       asked for therefore fails the record that it was meant for.
 *   <li>A record with several: {@code Lambda.DuplicatedRecordId}, or by option several records. All
 *       of these go on, those that were dropped excepted, or none.
 *   <li>{@code Ok} goes on with the decoded {@code data}, which must be base64, else {@code
 *       Lambda.JsonMappingException}; {@code Dropped} is left out; {@code ProcessingFailed} and
 *       whatever else is said fail the record: {@code Lambda.FunctionError}.
 *   <li>{@code metadata.partitionKeys} are texts by name. Numbers and truths are taken as texts.
 *   <li>{@code metadata.otfMetadata} routes a record to a table, where the destination has some:
 *       {@code destinationDatabaseName}, {@code destinationTableName} and {@code operation}, each a
 *       text or absent. S3 has none, so it is read past, whatever it holds: a function may serve
 *       deliveries of both kinds.
 * </ul>
 *
 * <p>Only the records concerned fail, not their batch.
 */
final class AnswerReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PARSING = "Lambda.JsonProcessingException";
    private static final String MAPPING = "Lambda.JsonMappingException";

    private final boolean severalResults;
    private final boolean routes;

    /**
     * A reader.
     *
     * @param severalResults whether a record may have several results
     * @param routes whether the destination has tables that a result may choose
     */
    AnswerReader(boolean severalResults, boolean routes) {
        this.severalResults = severalResults;
        this.routes = routes;
    }

    /** The results of a batch, in its order. */
    List<TransformResult> read(byte[] answer, List<BatchItem> batch, FailedRecord failed) {
        JsonNode records;
        try {
            JsonNode root = JSON.readTree(answer);
            records = root == null ? null : root.get("records");
        } catch (IOException e) {
            String reason =
                    e instanceof JsonProcessingException json
                            ? json.getOriginalMessage()
                            : e.getMessage();
            return all(batch, failed.because(PARSING, "The answer is no JSON: " + reason));
        }
        if (records == null || !records.isArray()) {
            return all(
                    batch,
                    failed.because(PARSING, "The answer is no object with an array 'records'"));
        }
        Map<String, List<JsonNode>> byId = new HashMap<>();
        for (JsonNode each : records) {
            JsonNode id = each.get("recordId");
            if (id != null && id.isTextual()) {
                byId.computeIfAbsent(id.textValue(), key -> new ArrayList<>(1)).add(each);
            }
        }
        List<TransformResult> results = new ArrayList<>(batch.size());
        for (BatchItem item : batch) {
            results.add(judge(item, byId.getOrDefault(item.id(), List.of()), failed));
        }
        return results;
    }

    private TransformResult judge(BatchItem item, List<JsonNode> results, FailedRecord failed) {
        if (results.isEmpty()) {
            return failed.because(
                    "Lambda.MissingRecordId",
                    "The answer holds no result with the recordId " + item.id());
        }
        if (results.size() > 1 && !severalResults) {
            return failed.because(
                    "Lambda.DuplicatedRecordId",
                    "The answer holds "
                            + results.size()
                            + " results with the recordId "
                            + item.id());
        }
        List<TransformResult.Kept> kept = new ArrayList<>(results.size());
        for (JsonNode each : results) {
            TransformResult result = judge(item, each, failed);
            if (result.failure() != null) {
                return result;
            }
            kept.addAll(result.kept());
        }
        return new TransformResult(kept, null);
    }

    private TransformResult judge(BatchItem item, JsonNode result, FailedRecord failed) {
        JsonNode status = result.path("result");
        return switch (status.asText("")) {
            case "Ok" -> kept(item, result, failed);
            case "Dropped" -> TransformResult.DROPPED;
            case "ProcessingFailed" ->
                    failed.because(
                            "Lambda.FunctionError",
                            "The function answered ProcessingFailed for the record");
            default ->
                    failed.because(
                            "Lambda.FunctionError",
                            "The function answered the result "
                                    + status
                                    + "; Ok, Dropped or ProcessingFailed is allowed");
        };
    }

    private TransformResult kept(BatchItem item, JsonNode result, FailedRecord failed) {
        JsonNode data = result.path("data");
        JsonNode metadata = result.path("metadata");
        JsonNode keys = metadata.path("partitionKeys");
        if (!data.isTextual()) {
            return failed.because(MAPPING, "The result has no text 'data'");
        }
        if (!isAbsentOrObject(metadata) || !isAbsentOrObject(keys)) {
            return failed.because(
                    MAPPING, "The result's metadata.partitionKeys are no object of texts");
        }
        JsonNode table = routes ? metadata.path("otfMetadata") : MissingNode.getInstance();
        if (!isAbsentOrObject(table)) {
            return failed.because(
                    MAPPING, "The result's metadata.otfMetadata is no object of texts");
        }
        Map<String, String> partitionKeys = new HashMap<>();
        Map<String, String> route = new HashMap<>();
        String wrong = texts(keys, "partitionKeys", partitionKeys);
        if (wrong == null) {
            wrong = texts(table, "otfMetadata", route);
        }
        if (wrong != null) {
            return failed.because(MAPPING, "The result's metadata." + wrong + " is no text");
        }
        try {
            byte[] payload = Base64.getDecoder().decode(data.textValue());
            return new TransformResult(
                    List.of(
                            new TransformResult.Kept(
                                    item.record().withPayload(payload),
                                    partitionKeys,
                                    RouteText.of(route))),
                    null);
        } catch (IllegalArgumentException e) {
            return failed.because(MAPPING, "The result's data is not base64: " + e.getMessage());
        }
    }

    /** Reads texts by name, or says which of them is none. */
    private static String texts(JsonNode object, String name, Map<String, String> texts) {
        for (Iterator<Map.Entry<String, JsonNode>> each = object.fields(); each.hasNext(); ) {
            Map.Entry<String, JsonNode> text = each.next();
            if (text.getValue().isContainerNode()) {
                return name + '.' + text.getKey();
            }
            if (!text.getValue().isNull()) {
                texts.put(text.getKey(), text.getValue().asText());
            }
        }
        return null;
    }

    private static boolean isAbsentOrObject(JsonNode node) {
        return node.isMissingNode() || node.isNull() || node.isObject();
    }

    private static List<TransformResult> all(List<BatchItem> batch, TransformResult result) {
        return batch.stream().map(item -> result).toList();
    }
}
