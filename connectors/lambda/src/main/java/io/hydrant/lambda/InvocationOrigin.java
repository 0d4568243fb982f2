package io.hydrant.lambda;

import java.io.Serializable;
import java.util.Objects;

/**
 * What a function is told about where its records come from.
 *
 * @param deliveryStreamArn ARN of the delivery stream
 * @param sourceStreamArn ARN of the Kinesis stream
 * @param region region of both
 */
public record InvocationOrigin(String deliveryStreamArn, String sourceStreamArn, String region)
        implements Serializable {

    /** Validates that nothing is missing. */
    public InvocationOrigin {
        Objects.requireNonNull(deliveryStreamArn, "deliveryStreamArn");
        Objects.requireNonNull(sourceStreamArn, "sourceStreamArn");
        Objects.requireNonNull(region, "region");
    }
}
