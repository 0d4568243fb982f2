package io.hydrant.kinesis.source.consumer;

import io.hydrant.kinesis.FakeConsumers;
import io.hydrant.kinesis.source.ConsumerLifecycle;
import io.hydrant.kinesis.source.FanOutConfig;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamConsumer;
import io.hydrant.kinesis.stream.StreamException;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConsumerRegistrarTest {

    private static final StreamArn STREAM =
            StreamArn.parse("arn:aws:kinesis:us-east-1:000000000000:stream/orders");

    private final FakeConsumers consumers = new FakeConsumers();
    private final List<Duration> pauses = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "JOB_MANAGED, , REGISTER",
        "JOB_MANAGED, CREATING, WAIT",
        "JOB_MANAGED, ACTIVE, USE",
        "JOB_MANAGED, DELETING, WAIT",
        "SELF_MANAGED, , MISSING",
        "SELF_MANAGED, CREATING, WAIT",
        "SELF_MANAGED, ACTIVE, USE",
        "SELF_MANAGED, DELETING, MISSING",
    })
    void judgesWhatIsThere(
            ConsumerLifecycle lifecycle, StreamConsumer.Status found, RegistrationStep step) {
        assertThat(
                        RegistrationStep.of(
                                lifecycle, found == null ? null : new StreamConsumer("arn", found)))
                .isEqualTo(step);
    }

    @Test
    void registersAConsumerAndWaitsUntilItIsActive() throws Exception {
        consumers.changeAfterLooks(2);

        String arn = registrar("JOB_MANAGED").activeConsumer(STREAM);

        assertThat(arn).isEqualTo(STREAM + "/consumer/app:1");
        assertThat(consumers.calls())
                .containsExactly(
                        "describe app",
                        "register app",
                        "describe app",
                        "describe app",
                        "describe app");
        assertThat(pauses).hasSize(3).isSorted();
    }

    @Test
    void takesOverAConsumerThatAJobHasLeft() throws Exception {
        consumers.register(STREAM, "app");
        String left = consumers.describe(STREAM, "app").arn();

        assertThat(registrar("JOB_MANAGED").activeConsumer(STREAM)).isEqualTo(left);
        assertThat(consumers.calls()).filteredOn(call -> call.startsWith("register")).hasSize(1);
    }

    @Test
    void waitsUntilTheNameOfAConsumerThatIsBeingDeregisteredIsFree() throws Exception {
        String old = registrar("JOB_MANAGED").activeConsumer(STREAM);
        consumers.changeAfterLooks(1);
        consumers.deregister(STREAM, "app", Duration.ofSeconds(1));

        assertThat(registrar("JOB_MANAGED").activeConsumer(STREAM)).isNotEqualTo(old);
    }

    @Test
    void takesOverWhatSomebodyElseHasJustRegistered() throws Exception {
        consumers.failNext(ResourceInUseException.builder().message("in use").build());

        assertThat(registrar("JOB_MANAGED").activeConsumer(STREAM)).isNotNull();
    }

    @Test
    void comesBackWhenItIsThrottled() throws Exception {
        consumers.failNext(LimitExceededException.builder().message("slow down").build());

        assertThat(registrar("JOB_MANAGED").activeConsumer(STREAM)).isNotNull();
        assertThat(pauses).hasSize(2);
    }

    @Test
    void saysWhatToDoAboutTooManyConsumers() {
        for (int i = 0; i < 5; i++) {
            consumers.failNext(
                    LimitExceededException.builder()
                            .awsErrorDetails(
                                    AwsErrorDetails.builder()
                                            .errorCode("LimitExceededException")
                                            .errorMessage("Maximum number of consumers")
                                            .build())
                            .build());
        }

        assertThatThrownBy(() -> registrar("JOB_MANAGED").activeConsumer(STREAM))
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("RegisterStreamConsumer on app of stream " + STREAM)
                .hasMessageContaining("deregister one that nobody uses");
    }

    @Test
    void saysHowToRegisterAConsumerThatIsMissing() {
        assertThatThrownBy(() -> registrar("SELF_MANAGED").activeConsumer(STREAM))
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("Stream " + STREAM + " has no consumer 'app'")
                .hasMessageContaining("aws kinesis register-stream-consumer --stream-arn " + STREAM)
                .hasMessageContaining("set source.efo.lifecycle to JOB_MANAGED");
        assertThat(consumers.calls()).containsExactly("describe app");
    }

    @Test
    void saysThatAConsumerDoesNotBecomeActive() {
        consumers.changeAfterLooks(1_000);

        assertThatThrownBy(() -> registrar("JOB_MANAGED").activeConsumer(STREAM))
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("is CREATING after 5 looks")
                .hasMessageContaining("source.efo.describe.retry-strategy.attempts.max");
    }

    @Test
    void saysWhichPermissionIsMissing() {
        consumers.failNext(
                KinesisException.builder()
                        .awsErrorDetails(
                                AwsErrorDetails.builder()
                                        .errorCode("AccessDeniedException")
                                        .errorMessage("User is not authorized")
                                        .build())
                        .statusCode(400)
                        .build());

        assertThatThrownBy(() -> registrar("JOB_MANAGED").activeConsumer(STREAM))
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("Allow this identity kinesis:DescribeStreamConsumer");
    }

    @Test
    void leavesTheJobAloneWhenItCannotDeregister() {
        registrar("JOB_MANAGED").deregister(STREAM);

        assertThat(consumers.calls()).containsExactly("deregister app");
    }

    private ConsumerRegistrar registrar(String lifecycle) {
        FanOutConfig config =
                FanOutConfig.from(
                        Configuration.fromMap(
                                Map.of(
                                        "source.reader.type", "EFO",
                                        "source.efo.consumer.name", "app",
                                        "source.efo.lifecycle", lifecycle,
                                        "source.efo.describe.retry-strategy.attempts.max", "5")));
        return new ConsumerRegistrar(consumers, config, pauses::add, () -> 0L);
    }
}
