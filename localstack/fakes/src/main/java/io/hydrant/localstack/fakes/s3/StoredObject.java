package io.hydrant.localstack.fakes.s3;

import java.util.Map;

/**
 * One object.
 *
 * @param content its bytes
 * @param headers what the writer said about it and readers get back
 * @param modifiedMillis when it was written, milliseconds since the epoch
 */
record StoredObject(Content content, Map<String, String> headers, long modifiedMillis) {}
