package io.hydrant.kinesis.source.consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class ConsumerLeaseTest {

    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    @Test
    void takesALastEnumeratorForTheJobsEnd() throws Exception {
        ConsumerLease lease = new ConsumerLease(Duration.ofMillis(1));
        lease.begin();

        end(lease).join();

        assertThat(done).containsExactly("job is over", "closing");
    }

    @Test
    void takesAnEnumeratorWithASuccessorForAFailure() throws Exception {
        ConsumerLease lease = new ConsumerLease(Duration.ofDays(1));
        lease.begin();
        Thread ending = end(lease);

        lease.begin();
        ending.join();

        assertThat(done).containsExactly("closing");
    }

    @Test
    void endsAfterAFailureToo() throws Exception {
        ConsumerLease lease = new ConsumerLease(Duration.ofMillis(100));
        lease.begin();
        Thread first = end(lease);
        lease.begin();
        first.join();

        end(lease).join();

        assertThat(done).containsExactly("closing", "job is over", "closing");
    }

    private Thread end(ConsumerLease lease) {
        return lease.end(() -> done.add("job is over"), () -> done.add("closing"));
    }
}
