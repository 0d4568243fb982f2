package io.hydrant.delivery.partition;

import io.hydrant.delivery.deadletter.ErrorOutputType;

import java.time.ZonedDateTime;
import java.util.UUID;

/**
 * What a prefix is evaluated with.
 *
 * @param arrival arrival of the object's oldest record, in the time zone of the prefix
 * @param type kind of error output; null for data
 * @param id identity of the object
 */
record PrefixFacts(ZonedDateTime arrival, ErrorOutputType type, UUID id) {}
