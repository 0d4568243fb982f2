/**
 * Benchmarks: what the corridor costs, side by side with its limit and its rivals, each case in a
 * JVM of its own against fakes in another.
 */
package io.hydrant.localstack.bench;
