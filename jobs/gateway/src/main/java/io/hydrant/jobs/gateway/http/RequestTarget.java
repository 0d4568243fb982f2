package io.hydrant.jobs.gateway.http;

import io.hydrant.jobs.gateway.api.ServiceError;
import io.hydrant.jobs.gateway.firehose.FirehoseApi;
import io.hydrant.jobs.gateway.kinesis.KinesisPassThrough;

/**
 * Which action of which service a request is for.
 *
 * @param service name of the service in signatures
 * @param action such as {@code PutRecord}
 */
record RequestTarget(String service, String action) {

    /**
     * Reads the header {@code X-Amz-Target}.
     *
     * @param header its value, or null
     * @throws ServiceError where there is no such action here
     */
    static RequestTarget parse(String header) {
        if (header != null && header.startsWith(FirehoseApi.TARGET)) {
            return new RequestTarget(
                    FirehoseApi.SERVICE, header.substring(FirehoseApi.TARGET.length()));
        }
        if (header != null && header.startsWith(KinesisPassThrough.TARGET)) {
            return new RequestTarget(
                    KinesisPassThrough.SERVICE,
                    header.substring(KinesisPassThrough.TARGET.length()));
        }
        throw ServiceError.ofCaller(
                "UnknownOperationException",
                header == null
                        ? "The header X-Amz-Target is missing"
                        : "The gateway does not know this X-Amz-Target");
    }

    boolean isFirehose() {
        return service.equals(FirehoseApi.SERVICE);
    }

    /** What metrics call it: nobody outside can make up names. */
    String metricName() {
        boolean isKnown =
                (isFirehose() ? FirehoseApi.ACTIONS : KinesisPassThrough.ACTIONS).contains(action);
        return isKnown ? service + '.' + action : "unknown";
    }
}
