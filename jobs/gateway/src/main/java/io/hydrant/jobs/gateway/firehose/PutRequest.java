package io.hydrant.jobs.gateway.firehose;

import java.util.List;

/**
 * A request of PutRecord or PutRecordBatch, as it came.
 *
 * @param deliveryStream the name in it, or null
 * @param data the data of each record, null for one that has none; null where the request has no
 *     records at all. Never more than one beyond those that a request may have
 */
record PutRequest(String deliveryStream, List<byte[]> data) {}
