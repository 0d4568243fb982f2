package io.hydrant.sql.kda.application;

import java.io.Serializable;

/**
 * Something of AWS' that an application reads or writes.
 *
 * @param service what it is
 * @param arn its Amazon Resource Name
 */
public record Resource(Service service, String arn) implements Serializable {

    /** What an application may be connected to. */
    public enum Service {
        /** A Kinesis data stream. */
        KINESIS,
        /** A Firehose delivery stream. */
        FIREHOSE,
        /** A Lambda function. */
        LAMBDA
    }
}
