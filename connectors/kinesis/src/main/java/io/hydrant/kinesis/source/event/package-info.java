/**
 * What readers and enumerator tell each other. Two messages make a shard's end loss-proof: the
 * reader reports it and keeps it in its own state until the enumerator says that a completed
 * checkpoint has it.
 */
package io.hydrant.kinesis.source.event;
