/**
 * What a Kinesis stream is to both source and sink: its name, its shards, and the few calls of its
 * API that are used. Everything that talks to AWS is behind {@link
 * io.hydrant.kinesis.stream.StreamApi}.
 */
package io.hydrant.kinesis.stream;
