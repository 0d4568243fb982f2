package io.hydrant.sql.kda.job;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.sql.kda.application.DecodingError;
import io.hydrant.sql.kda.application.RecordDecoder;
import io.hydrant.sql.kda.application.ReferenceTable;
import io.hydrant.sql.kda.run.ReferenceRows;
import io.hydrant.sql.kda.run.Values;
import io.hydrant.sql.kda.translate.Column;

import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.concurrent.ExecutorThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The rows of a reference table whose object is in S3, read anew when the object changes.
 *
 * <p>The first row waits for the table, and the job fails where it cannot be read. Later on it is
 * read beside the job, which goes on with the rows it has: also where the object is gone or cannot
 * be reached, with a line in the log. A row that does not fit the schema is left out, and logged.
 *
 * <p>Every task that joins the table holds all of it.
 */
final class S3Table implements ReferenceRows {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(S3Table.class);

    private static final int NOT_MODIFIED = 304;

    private final ReferenceTable table;
    private final ArrayList<Column> columns;
    private final AwsClientConfig aws;
    private final Duration interval;

    private transient S3Client client;
    private transient ScheduledExecutorService refresher;
    private transient ScheduledFuture<?> refreshing;
    private transient String etag;
    private transient volatile List<RowData> rows;

    S3Table(ReferenceTable table, AwsClientConfig aws, Duration interval) {
        this.table = table;
        this.columns = new ArrayList<>(Values.columns(table.schema()));
        this.aws = aws;
        this.interval = interval;
    }

    @Override
    public List<RowData> current() {
        if (rows == null) {
            begin();
        }
        return rows;
    }

    private void begin() {
        client =
                AwsClients.create(
                        S3Client.builder()
                                .forcePathStyle(aws.endpoint() != null)
                                .crossRegionAccessEnabled(aws.endpoint() == null),
                        aws);
        try {
            read();
        } catch (SdkException e) {
            throw new IllegalStateException(
                    "The reference table "
                            + table.name()
                            + " cannot be read from "
                            + place()
                            + ": "
                            + e.getMessage(),
                    e);
        }
        if (!interval.isZero()) {
            refresher =
                    Executors.newSingleThreadScheduledExecutor(
                            new ExecutorThreadFactory("hydrant-reference"));
            refreshing =
                    refresher.scheduleWithFixedDelay(
                            this::refresh,
                            interval.toMillis(),
                            interval.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    private void refresh() {
        try {
            read();
        } catch (S3Exception e) {
            if (e.statusCode() != NOT_MODIFIED) {
                stays(e);
            }
        } catch (RuntimeException e) {
            stays(e);
        }
    }

    private void stays(RuntimeException e) {
        LOG.warn(
                "The reference table {} stays as it is, since {} cannot be read",
                table.name(),
                place(),
                e);
    }

    private void read() {
        GetObjectRequest.Builder request =
                GetObjectRequest.builder().bucket(table.bucket()).key(table.key());
        if (etag != null) {
            request.ifNoneMatch(etag);
        }
        var answer = client.getObject(request.build(), ResponseTransformer.toBytes());
        GetObjectResponse head = answer.response();
        if (head.eTag() != null && head.eTag().equals(etag)) {
            return;
        }
        rows = decoded(answer.asByteArrayUnsafe());
        etag = head.eTag();
        LOG.info("The reference table {} has {} rows of {}", table.name(), rows.size(), place());
    }

    private List<RowData> decoded(byte[] bytes) {
        List<RowData> decoded = new ArrayList<>();
        RecordDecoder.of(table.schema())
                .decode(
                        bytes,
                        0,
                        bytes.length,
                        new RecordDecoder.Rows() {
                            @Override
                            public void row(Object[] values) {
                                GenericRowData row = new GenericRowData(values.length);
                                for (int i = 0; i < values.length; i++) {
                                    row.setField(
                                            i, Values.internal(values[i], columns.get(i).type()));
                                }
                                decoded.add(row);
                            }

                            @Override
                            public void error(DecodingError error) {
                                LOG.warn(
                                        "A row of the reference table {} is left out: {}",
                                        table.name(),
                                        error.message());
                            }
                        });
        return decoded;
    }

    private String place() {
        return "s3://" + table.bucket() + "/" + table.key();
    }

    @Override
    public void close() {
        if (refresher != null) {
            refreshing.cancel(true);
            refresher.shutdownNow();
        }
        if (client != null) {
            client.close();
        }
    }
}
