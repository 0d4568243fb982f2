package io.hydrant.launcher.operate;

import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.localstack.harness.flink.FlinkJob;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3ObjectStore;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Stops a delivery and starts it again from where it was.
 *
 * <p>Nothing is lost or doubled, because the savepoint holds what is not delivered, and it is noted
 * in the bucket before anything else happens. Breaks if the delivery is resumed later than the
 * stream's retention.
 */
final class Operations {

    private final OperateOptions options;
    private final DeliveryPlan plan;
    private final PrintWriter out;

    Operations(OperateOptions options, PrintWriter out) {
        this.options = options;
        this.plan = DeliveryPlan.of(options.jobArguments());
        this.out = out;
    }

    void pause() throws IOException, InterruptedException {
        DeliveryOnFlink cluster = options.cluster();
        try (ObjectStore store = connect()) {
            FlinkJob job = cluster.running(plan);
            // Asked before it stops, for only what runs knows what it runs with.
            Pause unsaved = new Pause("", cluster.options(job));
            String savepoint = cluster.stop(job, options.savepoints());
            // Printed first: should the note fail, the user still has it.
            out.println("stopped   job " + job.id() + ", savepoint " + savepoint);
            new PauseMemory(plan, store)
                    .add(new Pause(savepoint, unsaved.options()), Instant.now());
        }
        out.flush();
    }

    /**
     * Goes on.
     *
     * @param savepoint where from, null for the last pause
     */
    void resume(String savepoint) throws IOException, InterruptedException {
        DeliveryOnFlink cluster = options.cluster();
        Pause last;
        try (ObjectStore store = connect()) {
            last = new PauseMemory(plan, store).last();
        }
        if (last == null) {
            throw new IOException(
                    "No pause of "
                            + plan.deliveryStream()
                            + " is known; start it with flink run, with -s where there is a savepoint");
        }
        cluster.requireNone(plan);
        ConfigurationChange change = new ConfigurationChange(last.options(), plan.shownOptions());
        change.changes().forEach(line -> out.println("changed   " + line));
        List<String> arguments = new ArrayList<>(options.jobArguments());
        arguments.addAll(List.of("--set", "delivery.stream.version=" + change.version()));
        String from = savepoint == null ? last.savepoint() : savepoint;
        String job = cluster.start(from, options.jar(), arguments);
        out.println("started   job " + job + ", version " + change.version() + ", from " + from);
        out.flush();
    }

    private ObjectStore connect() {
        return S3ObjectStore.connect(plan.sinkAws(), plan.sink().store());
    }
}
