/**
 * A simulation of a job that reads Kinesis: the source's own enumerator and readers, around them
 * streams, checkpoints and failures that are drawn by chance from a seed. No cluster, no threads,
 * no clock: the same seed goes the same way.
 */
package io.hydrant.launcher.soak.source;
