package io.hydrant.launcher.deploy;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.localstack.fakes.http.FakeServer;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesisanalyticsv2.KinesisAnalyticsV2Client;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ApplicationStartTest {

    private final List<String> lines = new ArrayList<>();

    @Test
    void startsOnceAndWaitsUntilItRuns() throws Exception {
        FakeManagedFlink service =
                new FakeManagedFlink("orders", "READY", "READY", "STARTING", "STARTING", "RUNNING");

        start(service);

        assertThat(service.started()).containsExactly("orders");
        assertThat(lines)
                .containsExactly(
                        "application orders is READY",
                        "application orders is STARTING",
                        "application orders is RUNNING");
    }

    @Test
    void leavesAloneWhatRunsOrComesToRun() throws Exception {
        FakeManagedFlink service = new FakeManagedFlink("orders", "UPDATING", "RUNNING");

        start(service);

        assertThat(service.started()).isEmpty();
    }

    @Test
    void saysWhereTheReasonIsWhenItCouldNotRun() {
        FakeManagedFlink service = new FakeManagedFlink("orders", "READY", "STARTING", "READY");

        assertThatThrownBy(() -> start(service))
                .hasMessageContaining("was started and is READY again")
                .hasMessageContaining("aws logs tail /hydrant/orders");
        assertThat(service.started()).hasSize(1);
    }

    @Test
    void startsNothingThatIsBeingDeleted() {
        FakeManagedFlink service = new FakeManagedFlink("orders", "DELETING");

        assertThatThrownBy(() -> start(service))
                .hasMessage("The application orders is DELETING, and cannot be started");
        assertThat(service.started()).isEmpty();
    }

    @Test
    void givesUpWatchingWhatNeverRuns() {
        FakeManagedFlink service = new FakeManagedFlink("orders", "READY", "STARTING");

        assertThatThrownBy(() -> start(service))
                .hasMessageContaining("is still STARTING after 30 minutes");
    }

    private void start(FakeManagedFlink service) throws Exception {
        try (FakeServer server = FakeServer.start("fake-managed-flink", 0, service);
                KinesisAnalyticsV2Client client =
                        AwsClients.create(
                                KinesisAnalyticsV2Client.builder(),
                                AwsClientConfig.forEndpoint(
                                        server.endpoint(), "eu-west-1", "key", "secret"))) {
            new ApplicationStart(client, lines::add, time -> {}).start("orders");
        }
    }
}
