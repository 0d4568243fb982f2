package io.hydrant.localstack.harness;

/** In which form a LocalStack runs. */
public enum LocalStackForm {
    /** Somebody else runs it; {@code HYDRANT_LOCALSTACK_ENDPOINT} names it. */
    ENDPOINT,
    /** A container of the image {@code localstack/localstack:4.9.2}. */
    CONTAINER,
    /** A Python process of this machine. */
    HOST
}
