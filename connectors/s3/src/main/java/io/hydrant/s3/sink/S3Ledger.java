package io.hydrant.s3.sink;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.retry.RetryClock;
import io.hydrant.delivery.ledger.LedgerStore;
import io.hydrant.delivery.ledger.LedgerStoreFactory;
import io.hydrant.s3.read.LedgerKeys;
import io.hydrant.s3.store.ObjectStoreFactory;
import io.hydrant.s3.store.S3Calls;

import java.time.Clock;
import java.util.Objects;

/**
 * The ledger of a delivery for a destination that is not S3, beside what is: its error objects,
 * dropped records and where reading began are in the same one.
 */
public final class S3Ledger implements LedgerStoreFactory {

    private static final long serialVersionUID = 1L;

    private final S3SinkConfig config;
    private final AwsClientConfig aws;
    private final ObjectStoreFactory stores;

    /**
     * A ledger that is opened on a task.
     *
     * @param config says where it lies, and whose it is
     */
    public S3Ledger(S3SinkConfig config, AwsClientConfig aws, ObjectStoreFactory stores) {
        this.config = Objects.requireNonNull(config, "config");
        this.aws = Objects.requireNonNull(aws, "aws");
        this.stores = Objects.requireNonNull(stores, "stores");
    }

    @Override
    public LedgerStore open() {
        return new LedgerWriter(
                stores.open(aws, config.store().forLedger()),
                new S3Calls(config.retryTimeout(), RetryClock.SYSTEM),
                config.ledger().bucket(),
                new LedgerKeys(config.ledger().prefix(), config.naming().streamName()),
                Clock.systemUTC());
    }
}
