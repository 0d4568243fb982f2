package io.hydrant.s3.stage;

import io.hydrant.s3.sink.S3Committable;

/**
 * What a committer makes durable in S3 and queues for a destination behind it.
 *
 * @param staged the object, or null where there is only the end to tell of
 * @param isLast whether no records follow, so that a job which ends waits for its loads
 */
public record StagedCommittable(S3Committable staged, boolean isLast) {}
