package io.hydrant.kinesis.table;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsOptions;
import io.hydrant.kinesis.source.StreamSelection;
import io.hydrant.kinesis.stream.StreamArn;

import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Which streams are behind a table. */
final class TableStreams {

    private static final String ARN = KinesisTableOptions.STREAM_ARN.key();
    private static final String NAME = KinesisTableOptions.STREAM.key();
    private static final String PATTERN = KinesisTableOptions.STREAM_PATTERN.key();
    private static final String REGION = AwsOptions.REGION.key();

    private TableStreams() {}

    /**
     * The streams that are read.
     *
     * @throws ValidationException naming what is missing, too much or malformed
     */
    static StreamSelection read(ReadableConfig options) {
        List<StreamArn> arns = arns(options);
        List<String> names = options.getOptional(KinesisTableOptions.STREAM).orElse(List.of());
        String pattern = options.get(KinesisTableOptions.STREAM_PATTERN);
        boolean isListed = !arns.isEmpty() || !names.isEmpty();
        if (isListed == (pattern != null)) {
            throw new ValidationException(
                    isListed
                            ? "'%s' is given beside '%s' or '%s'; leave out one of them"
                                    .formatted(PATTERN, ARN, NAME)
                            : "The table names no stream: give its ARN with '%s', its name with '%s', or a pattern of names with '%s'"
                                    .formatted(ARN, NAME, PATTERN));
        }
        try {
            return isListed
                    ? new StreamSelection.Listed(arns, names)
                    : StreamSelection.pattern(pattern);
        } catch (IllegalArgumentException e) {
            throw new ValidationException((isListed ? NAME : PATTERN) + ": " + e.getMessage());
        }
    }

    /**
     * The streams of DynamoDB tables that are read.
     *
     * @throws ValidationException naming what is malformed
     */
    static StreamSelection ofTables(ReadableConfig options) {
        return StreamSelection.arns(arns(options, StreamArn::parseOfTable));
    }

    /**
     * The stream that is written.
     *
     * @throws ValidationException if it is not one stream, or, given by its ARN, not of the
     *     client's region
     */
    static WrittenStream written(ReadableConfig options, AwsClientConfig client) {
        List<StreamArn> arns = arns(options);
        List<String> names = options.getOptional(KinesisTableOptions.STREAM).orElse(List.of());
        if (arns.size() + names.size() != 1
                || options.getOptional(KinesisTableOptions.STREAM_PATTERN).isPresent()) {
            throw new ValidationException(
                    "A table that is written needs one stream: give its ARN with '%s' or its name with '%s', one of them, and no '%s'"
                            .formatted(ARN, NAME, PATTERN));
        }
        if (arns.isEmpty()) {
            return new WrittenStream(null, names.get(0).strip());
        }
        StreamArn stream = arns.get(0);
        // An endpoint of its own serves any region.
        if (client.endpoint() == null
                && client.region() != null
                && !client.region().equals(stream.region())) {
            throw new ValidationException(
                    "'%s' is '%s', but '%s' names a stream of %s; give the same region or leave '%s' out"
                            .formatted(REGION, client.region(), ARN, stream.region(), REGION));
        }
        return new WrittenStream(stream, null);
    }

    private static List<StreamArn> arns(ReadableConfig options) {
        return arns(options, StreamArn::parse);
    }

    private static List<StreamArn> arns(
            ReadableConfig options, Function<String, StreamArn> parser) {
        List<StreamArn> arns = new ArrayList<>();
        try {
            for (String arn :
                    options.getOptional(KinesisTableOptions.STREAM_ARN).orElse(List.of())) {
                arns.add(parser.apply(arn.strip()));
            }
        } catch (IllegalArgumentException e) {
            throw new ValidationException(ARN + ": " + e.getMessage());
        }
        return arns;
    }
}
