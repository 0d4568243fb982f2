package io.hydrant.localstack.fakes;

import io.hydrant.localstack.fakes.kinesis.PreparedRecord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class FakesProcessITCase {

    @TempDir private Path folder;

    @Test
    void answersFromAnotherProcessAndCountsWhatItWasAsked() throws Exception {
        try (FakesProcess fakes = FakesProcess.start("64m", "--discard-bodies")) {
            put(fakes, "/landing");
            put(fakes, "/landing/k");

            assertThat(fakes.requests()).containsOnlyKeys("CreateBucket", "PutObject");
            assertThat(fakes.requests().get("PutObject").count()).isEqualTo(1);
            assertThat(fakes.kinesisEndpoint()).isNotEqualTo(fakes.s3Endpoint());
            fakes.forgetRequests();
            assertThat(fakes.requests()).isEmpty();
        }
    }

    @Test
    void fillsAStreamFromAFile() throws Exception {
        Path records = folder.resolve("records");
        PreparedRecord.writeAll(records, List.of(new PreparedRecord("k", null, new byte[10])));
        try (FakesProcess fakes = FakesProcess.start("64m");
                KinesisClient client =
                        KinesisClient.builder()
                                .endpointOverride(fakes.kinesisEndpoint())
                                .region(Region.US_EAST_1)
                                .credentialsProvider(AnonymousCredentialsProvider.create())
                                .httpClientBuilder(Apache5HttpClient.builder())
                                .build()) {
            fakes.fill("full", 1, 3, records);
            fakes.fill("fuller", 2, 4, records);

            String iterator =
                    client.getShardIterator(
                                    r ->
                                            r.streamName("full")
                                                    .shardId("shardId-000000000000")
                                                    .shardIteratorType("TRIM_HORIZON"))
                            .shardIterator();
            assertThat(client.getRecords(r -> r.shardIterator(iterator)).records()).hasSize(3);
            assertThat(fakes.recordCount("full")).isEqualTo(3);
            assertThat(fakes.recordCount("fuller")).isEqualTo(4);
            fakes.throttleReads(true);
            assertThat(fakes.refusedReads()).isZero();
            assertThat(fakes.cpuTime()).isPositive();
        }
    }

    private static void put(FakesProcess fakes, String path)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(fakes.s3Endpoint().resolve(path))
                                        .PUT(HttpRequest.BodyPublishers.noBody())
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
}
