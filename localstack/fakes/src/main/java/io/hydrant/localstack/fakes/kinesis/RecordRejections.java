package io.hydrant.localstack.fakes.kinesis;

import java.util.function.Predicate;

/** Which records of a PutRecords call are turned down while the others are taken. */
final class RecordRejections {

    private Predicate<String> partitionKeys;
    private String code;
    private int left;

    synchronized void plan(int records, String errorCode, Predicate<String> ofPartitionKeys) {
        left = records;
        code = errorCode;
        partitionKeys = ofPartitionKeys;
    }

    /** The error code for this record, or null if it is taken. */
    synchronized String judge(String partitionKey) {
        if (left == 0 || !partitionKeys.test(partitionKey)) {
            return null;
        }
        left--;
        return code;
    }
}
