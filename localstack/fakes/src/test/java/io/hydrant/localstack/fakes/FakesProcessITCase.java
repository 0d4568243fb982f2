package io.hydrant.localstack.fakes;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

class FakesProcessITCase {

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
