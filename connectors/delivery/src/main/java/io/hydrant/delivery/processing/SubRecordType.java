package io.hydrant.delivery.processing;

/**
 * How the records that lie in one record are told apart, under Firehose's names.
 *
 * <p>Source: Firehose API reference, ProcessorParameter, {@code SubRecordType}.
 */
public enum SubRecordType {
    /** By their syntax: JSON values end to end, or with white space between them. */
    JSON,
    /** By a delimiter between them. */
    DELIMITED
}
