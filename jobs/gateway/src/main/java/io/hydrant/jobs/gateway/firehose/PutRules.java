package io.hydrant.jobs.gateway.firehose;

import io.hydrant.jobs.gateway.api.ServiceError;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a request has to be like, and what Firehose says where it is not.
 *
 * <p>Source: Firehose API reference (2015-08-04), PutRecord, PutRecordBatch and Record.
 */
final class PutRules {

    /** Records of one request. */
    static final int MAX_RECORDS = 500;

    /** Data of all records of one request, in bytes. */
    static final int MAX_REQUEST_BYTES = 4 * 1024 * 1024;

    /** Data of one record, in bytes. */
    static final int MAX_RECORD_BYTES = 1_024_000;

    private static final int MAX_NAME = 64;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]+");
    private static final int SHOWN_NAME = 80;

    private PutRules() {}

    /**
     * Checks a request of PutRecord.
     *
     * @throws ServiceError as Firehose answers it
     */
    static void checkOne(PutRequest request) {
        List<String> problems = new ArrayList<>();
        addNameProblems(request.deliveryStream(), problems);
        if (request.data() == null) {
            problems.add(
                    "Value null at 'record' failed to satisfy constraint: Member must not be null");
        } else {
            addDataProblems(request.data().get(0), "record.data", problems);
        }
        throwIfAny(problems);
    }

    /**
     * Checks a request of PutRecordBatch.
     *
     * @throws ServiceError as Firehose answers it
     */
    static void checkBatch(PutRequest request) {
        List<String> problems = new ArrayList<>();
        addNameProblems(request.deliveryStream(), problems);
        List<byte[]> records = request.data();
        if (records == null) {
            problems.add(
                    "Value null at 'records' failed to satisfy constraint: Member must not be null");
        } else if (records.isEmpty()) {
            problems.add(
                    "Value '[]' at 'records' failed to satisfy constraint: Member must have length"
                            + " greater than or equal to 1");
        } else if (records.size() > MAX_RECORDS) {
            problems.add(
                    "Value at 'records' failed to satisfy constraint: Member must have length less"
                            + " than or equal to "
                            + MAX_RECORDS);
        } else {
            for (int i = 0; i < records.size(); i++) {
                addDataProblems(records.get(i), "records." + (i + 1) + ".member.data", problems);
            }
        }
        throwIfAny(problems);
        long bytes = 0;
        for (byte[] data : records) {
            bytes += data.length;
        }
        if (bytes > MAX_REQUEST_BYTES) {
            throw ServiceError.ofCaller(
                    "InvalidArgumentException", "Records size exceeds 4 MB limit");
        }
    }

    /**
     * Checks a name that stands alone.
     *
     * @throws ServiceError as Firehose answers it
     */
    static void checkName(String deliveryStream) {
        List<String> problems = new ArrayList<>();
        addNameProblems(deliveryStream, problems);
        throwIfAny(problems);
    }

    private static void addNameProblems(String name, List<String> problems) {
        if (name == null) {
            problems.add(
                    "Value null at 'deliveryStreamName' failed to satisfy constraint: Member must not"
                            + " be null");
            return;
        }
        String value =
                "Value '"
                        + (name.length() > SHOWN_NAME
                                ? name.substring(0, SHOWN_NAME) + "..."
                                : name)
                        + "' at 'deliveryStreamName' failed to satisfy constraint: ";
        if (name.isEmpty()) {
            problems.add(value + "Member must have length greater than or equal to 1");
        } else if (name.length() > MAX_NAME) {
            problems.add(value + "Member must have length less than or equal to " + MAX_NAME);
        }
        if (!NAME.matcher(name).matches()) {
            problems.add(value + "Member must satisfy regular expression pattern: " + NAME);
        }
    }

    private static void addDataProblems(byte[] data, String place, List<String> problems) {
        if (data == null) {
            problems.add(
                    "Value null at '"
                            + place
                            + "' failed to satisfy constraint: Member must not be null");
        } else if (data.length > MAX_RECORD_BYTES) {
            problems.add(
                    "Value of "
                            + data.length
                            + " bytes at '"
                            + place
                            + "' failed to satisfy constraint: Member must have length less than or"
                            + " equal to "
                            + MAX_RECORD_BYTES);
        }
    }

    private static void throwIfAny(List<String> problems) {
        if (!problems.isEmpty()) {
            throw ServiceError.ofCaller(
                    "ValidationException",
                    problems.size()
                            + (problems.size() == 1
                                    ? " validation error detected: "
                                    : " validation errors detected: ")
                            + String.join("; ", problems));
        }
    }
}
