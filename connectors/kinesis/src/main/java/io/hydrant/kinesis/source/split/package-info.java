/** One shard to read, and from where: the unit of work and of state. */
package io.hydrant.kinesis.source.split;
