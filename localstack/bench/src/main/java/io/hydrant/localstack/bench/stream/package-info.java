/**
 * The measured side of the stream benchmarks: readers and writers of a stream, ours, the SDK's
 * plain loop and the official connector.
 *
 * <p>What {@link io.hydrant.localstack.bench.stream.StreamJob} needs runs on Flink 1.20 too, where
 * the official connector lives; the connector itself is compiled apart, in {@code
 * localstack/bench/rival}, and found by name.
 */
package io.hydrant.localstack.bench.stream;
