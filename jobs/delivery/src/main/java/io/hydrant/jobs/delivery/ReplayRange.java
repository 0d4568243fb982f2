package io.hydrant.jobs.delivery;

import io.hydrant.delivery.partition.NamingOptions;
import io.hydrant.jobs.delivery.document.Problems;
import io.hydrant.kinesis.source.EndPosition;
import io.hydrant.kinesis.source.InitialPosition;
import io.hydrant.kinesis.source.KinesisSourceOptions;
import io.hydrant.s3.archive.ArchiveOptions;

import org.apache.flink.configuration.Configuration;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Says in options what {@code --from} and {@code --to} say on the command line.
 *
 * <p>A range takes in what arrived at its beginning and leaves out what arrived at its end, so
 * ranges that touch hand over without gap or overlap: a replay to T and a delivery from T.
 */
final class ReplayRange {

    static final String FROM = "--from";
    static final String TO = "--to";
    static final String ID = "--replay-id";
    static final String LIVE = "LIVE";

    private static final String ARCHIVE = "s3://";
    private static final String TIME = "a time such as 2026-01-27T00:00:00Z";

    private ReplayRange() {}

    /**
     * The assignments that a range stands for.
     *
     * @param from where it begins, null for a delivery that is no replay
     * @param to where it ends, null for now
     * @param id what tells it from others, null where nothing is to
     */
    static List<Assignment> assignments(String from, String to, String id, Problems problems) {
        if (from == null) {
            if (to != null) {
                problems.add(TO, "goes with " + FROM + " only; without it there is nothing to end");
            }
            if (id != null) {
                problems.add(ID, "goes with " + FROM + " only; a live delivery has its name");
            }
            return List.of();
        }
        List<Assignment> assignments = new ArrayList<>();
        if (id != null) {
            assignments.add(new Assignment(DeliveryJobOptions.REPLAY_ID.key(), id, ID));
        }
        if (from.startsWith(ARCHIVE)) {
            if (to != null) {
                problems.add(
                        TO,
                        "does not go with an archive, which ends with its last object; leave it out");
            }
            assignments.add(new Assignment(ArchiveOptions.LOCATION.key(), from, FROM));
            return assignments;
        }
        begin(from, assignments, problems);
        end(to, assignments, problems);
        return assignments;
    }

    /** A replay with an id of its own is a delivery of its own in all that bears its name. */
    static void nameReplay(String liveStream, Settings settings, Problems problems) {
        Configuration config = settings.configuration();
        String id = config.get(DeliveryJobOptions.REPLAY_ID);
        if (id == null) {
            return;
        }
        boolean isReplay =
                config.get(KinesisSourceOptions.END_POSITION) != EndPosition.NONE
                        || config.get(ArchiveOptions.LOCATION) != null;
        if (id.isEmpty() || !isReplay) {
            problems.add(
                    DeliveryJobOptions.REPLAY_ID.key(),
                    id.isEmpty()
                            ? "is empty; 1 or more letters, digits, '_', '.' and '-'"
                            : "'"
                                    + id
                                    + "' goes with a replay ("
                                    + FROM
                                    + "); a live delivery has its name");
            return;
        }
        settings.put(
                NamingOptions.STREAM_NAME,
                liveStream + "-replay-" + id,
                DeliveryJobOptions.REPLAY_ID.key());
    }

    private static void begin(String from, List<Assignment> assignments, Problems problems) {
        String position = KinesisSourceOptions.INIT_POSITION.key();
        if (from.equals(InitialPosition.TRIM_HORIZON.name())) {
            assignments.add(new Assignment(position, from, FROM));
            return;
        }
        Instant time = time(from);
        if (time == null) {
            problems.add(
                    FROM,
                    "'"
                            + from
                            + "' is not allowed; TRIM_HORIZON, "
                            + TIME
                            + ", or s3://bucket/prefix/");
            return;
        }
        assignments.add(new Assignment(position, InitialPosition.AT_TIMESTAMP.name(), FROM));
        assignments.add(
                new Assignment(KinesisSourceOptions.INIT_TIMESTAMP.key(), seconds(time), FROM));
    }

    private static void end(String to, List<Assignment> assignments, Problems problems) {
        String position = KinesisSourceOptions.END_POSITION.key();
        String origin = to == null ? FROM : TO;
        if (to == null || to.equals(EndPosition.NOW.name())) {
            assignments.add(new Assignment(position, EndPosition.NOW.name(), origin));
            return;
        }
        if (to.equals(LIVE)) {
            assignments.add(new Assignment(position, EndPosition.NOW.name(), origin));
            assignments.add(new Assignment(DeliveryJobOptions.TO_LIVE.key(), "true", origin));
            return;
        }
        Instant time = time(to);
        if (time == null) {
            problems.add(TO, "'" + to + "' is not allowed; NOW, LIVE, or " + TIME);
            return;
        }
        assignments.add(new Assignment(position, EndPosition.AT_TIMESTAMP.name(), origin));
        assignments.add(
                new Assignment(KinesisSourceOptions.END_TIMESTAMP.key(), seconds(time), origin));
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** As the options take it: with three decimals, which is what arrivals have. */
    static String seconds(Instant time) {
        return BigDecimal.valueOf(time.toEpochMilli(), 3).toPlainString();
    }
}
