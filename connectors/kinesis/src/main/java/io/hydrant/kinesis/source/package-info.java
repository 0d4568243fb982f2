/**
 * The Kinesis source: {@link io.hydrant.kinesis.source.KinesisSource} wires, the packages below it
 * do.
 */
package io.hydrant.kinesis.source;
