package io.hydrant.jobs.delivery.document;

/**
 * The processor {@code Lambda}. A component that is null was not given.
 *
 * @param functionArn ARN of the function
 * @param retries repetitions of an invocation that failed
 * @param roleArn role that Firehose would assume to call it
 * @param rolePath where in the document that role stands
 * @param bufferBytes size of a batch
 * @param bufferSeconds age of a batch
 */
public record LambdaProcessor(
        String functionArn,
        Integer retries,
        String roleArn,
        String rolePath,
        Long bufferBytes,
        Integer bufferSeconds) {}
