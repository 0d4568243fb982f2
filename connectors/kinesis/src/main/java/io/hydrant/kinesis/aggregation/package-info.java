/**
 * The record aggregation format of the Kinesis Producer Library, read and written without the
 * library and without protobuf.
 *
 * <p>Source: {@code aggregation-format.md} of the KPL: magic F3 89 9A C2, a protobuf 2 {@code
 * AggregatedRecord}, and the 16 bytes of that message's MD5.
 */
package io.hydrant.kinesis.aggregation;
