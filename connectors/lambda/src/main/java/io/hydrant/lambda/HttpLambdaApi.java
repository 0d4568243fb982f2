package io.hydrant.lambda;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.SignedHttpClient;

import software.amazon.awssdk.utils.http.SdkHttpUtils;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Invokes a function over HTTP, and waits for its answer.
 *
 * <p>Source: Lambda API reference, Invoke. The function is named by its ARN, which works across
 * accounts; at an endpoint that is not AWS' own by its name, since emulators of Lambda know it by
 * that.
 */
public final class HttpLambdaApi implements LambdaApi {

    /** What the way to and from Lambda takes, beside the function's own time. */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(5);

    private static final String AWS_DOMAIN = ".amazonaws.com";

    private final SignedHttpClient client;
    private final String path;
    private final Map<String, String> query;

    HttpLambdaApi(LambdaConfig config, AwsClientConfig aws) {
        this(config.function(), config.timeout(), aws);
    }

    /**
     * Calls of a function.
     *
     * @param timeout how long an invocation may take
     * @param aws how Lambda is reached; the region is the function's own
     */
    public HttpLambdaApi(FunctionArn function, Duration timeout, AwsClientConfig aws) {
        this.client =
                SignedHttpClient.of(
                        "lambda",
                        aws.withRegion(function.region())
                                .withReadTimeoutOfAtLeast(timeout.plus(ON_THE_WAY)));
        this.path =
                "/2015-03-31/functions/"
                        + SdkHttpUtils.urlEncode(nameAt(client.endpoint(), function))
                        + "/invocations";
        this.query =
                function.qualifier() == null ? Map.of() : Map.of("Qualifier", function.qualifier());
    }

    static String nameAt(URI endpoint, FunctionArn function) {
        boolean isAws = endpoint.getHost().contains(AWS_DOMAIN);
        return isAws ? function.withoutQualifier().toString() : function.name();
    }

    @Override
    public LambdaAnswer invoke(byte[] request) throws IOException {
        SignedHttpClient.Answer answer =
                client.post(
                        path,
                        query,
                        Map.of(
                                "Content-Type",
                                "application/json",
                                "X-Amz-Invocation-Type",
                                "RequestResponse"),
                        request);
        return new LambdaAnswer(
                answer.status(),
                errorType(answer.header("X-Amzn-ErrorType")),
                answer.header("X-Amz-Function-Error"),
                answer.body());
    }

    /** The header may carry an address behind the name. */
    private static String errorType(String header) {
        if (header == null) {
            return null;
        }
        int colon = header.indexOf(':');
        return colon < 0 ? header : header.substring(0, colon);
    }

    @Override
    public void close() {
        client.close();
    }
}
