package io.hydrant.localstack.harness.junit;

import io.hydrant.localstack.harness.Conditions;
import io.hydrant.localstack.harness.LocalStack;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

@LocalStackTest
class LocalStackTestITCase {

    @Test
    void putsAndGetsARecord(KinesisClient kinesis, UniqueNames names) {
        String stream = names.newStream("harness", 2);

        String shard =
                kinesis.putRecord(
                                r ->
                                        r.streamName(stream)
                                                .partitionKey("a")
                                                .data(SdkBytes.fromUtf8String("hello")))
                        .shardId();
        String iterator =
                kinesis.getShardIterator(
                                r ->
                                        r.streamName(stream)
                                                .shardId(shard)
                                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .shardIterator();

        assertThat(kinesis.getRecords(r -> r.shardIterator(iterator)).records())
                .extracting(record -> record.data().asUtf8String())
                .containsExactly("hello");
    }

    @Test
    void deletesWhatWasMadeUnderItsNames(KinesisClient kinesis, S3Client s3) {
        UniqueNames names = new UniqueNames(kinesis, s3);
        String bucket = names.newBucket("harness");
        s3.putObject(r -> r.bucket(bucket).key("a/b"), RequestBody.fromString("x"));
        s3.createMultipartUpload(r -> r.bucket(bucket).key("open"));
        names.bucket("never-made");
        String stream = names.newStream("harness", 1);
        names.stream("never-made");

        names.deleteAll();

        assertThat(s3.listBuckets().buckets()).noneMatch(b -> b.name().equals(bucket));
        Conditions.until(
                Duration.ofSeconds(30),
                "the stream to be gone",
                () -> !kinesis.listStreams(r -> r.limit(1000)).streamNames().contains(stream));
    }

    @Test
    void knowsWhoItIs(StsClient sts, LocalStack localStack) {
        assertThat(sts.getCallerIdentity().account()).isEqualTo("000000000000");
        assertThat(localStack.region()).isEqualTo("us-east-1");
    }
}
