package io.hydrant.localstack.harness;

import java.net.URI;

/**
 * A LocalStack that answers for S3, Kinesis and STS, in whichever form this machine can run it.
 *
 * <p>It was probed before anybody got hold of it: each of the three services has answered once.
 */
public interface LocalStack {

    /** The release that every form runs; later ones want an account token. */
    String VERSION = "4.9.2";

    /**
     * Where all services answer.
     *
     * @return an {@code http://host:port} address without a path
     */
    URI endpoint();

    /**
     * In which form it runs.
     *
     * @return the form that was chosen or forced
     */
    LocalStackForm form();

    /**
     * The region that the clients use.
     *
     * @return {@code us-east-1}
     */
    default String region() {
        return "us-east-1";
    }

    /**
     * The access key that LocalStack takes for account 000000000000.
     *
     * @return {@code test}
     */
    default String accessKey() {
        return "test";
    }

    /**
     * The secret that goes with {@link #accessKey()}; LocalStack checks none.
     *
     * @return {@code test}
     */
    default String secretKey() {
        return "test";
    }
}
