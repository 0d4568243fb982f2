package io.hydrant.kinesis.change;

/** What the stream of a table holds of each change; names are DynamoDB's. */
public enum StreamViewType {
    /** The item before and after: a full changelog. */
    NEW_AND_OLD_IMAGES,
    /** The item after: an upsert changelog by the table's key. */
    NEW_IMAGE,
    /** The item before; makes no rows. */
    OLD_IMAGE,
    /** The item's key; makes no rows. */
    KEYS_ONLY
}
