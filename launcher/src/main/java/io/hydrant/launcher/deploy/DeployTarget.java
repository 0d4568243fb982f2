package io.hydrant.launcher.deploy;

/** Where a deployment goes. */
enum DeployTarget {
    /** A LocalStack, which knows no Managed Service for Apache Flink. */
    LOCALSTACK,
    /** AWS. */
    AWS,
    /** Kubernetes, with Flink's operator. */
    KUBERNETES
}
