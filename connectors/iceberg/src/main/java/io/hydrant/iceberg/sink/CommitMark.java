package io.hydrant.iceberg.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Names a commit so that it is known again whatever became of the job: the run and the checkpoint
 * that it is of, and the runs that this one went on from, each with the checkpoint it was left at.
 *
 * <p>A run is one submission of a job, by a random id of Hydrant's own: Flink's job id changes with
 * every submission on one cluster and is always the same on another, and numbers of checkpoints are
 * given out anew by a job that goes on from an older savepoint. As text: {@code
 * run@checkpoint,run@checkpoint}, the oldest first, the commit's own last.
 *
 * @param points runs, each with the last checkpoint of it that belongs to this commit's past
 */
public record CommitMark(List<Point> points) {

    /** Runs that are remembered; more would make every snapshot of a table large. */
    static final int MAX_RUNS = 200;

    private static final Pattern RUN = Pattern.compile("[0-9a-z-]+");

    /**
     * A run and a checkpoint of it.
     *
     * @param run random id of the run
     * @param checkpoint number of the checkpoint, 0 for none
     */
    public record Point(String run, long checkpoint) {

        /** Validates both. */
        public Point {
            Objects.requireNonNull(run, "run");
            if (!RUN.matcher(run).matches() || checkpoint < 0) {
                throw new IllegalArgumentException(
                        "No run and checkpoint: " + run + "@" + checkpoint);
            }
        }
    }

    /** Forgets the oldest runs where there are too many. */
    public CommitMark {
        if (points.isEmpty()) {
            throw new IllegalArgumentException("A commit is of some run");
        }
        points = List.copyOf(points.subList(Math.max(0, points.size() - MAX_RUNS), points.size()));
    }

    /** The beginning of a run without a past. */
    static CommitMark begin(String run) {
        return new CommitMark(List.of(new Point(run, 0)));
    }

    /** The beginning of a run that goes on from here. */
    CommitMark continuedBy(String run) {
        List<Point> all = new ArrayList<>(points);
        all.add(new Point(run, own().checkpoint()));
        return new CommitMark(all);
    }

    /** The same run at a later checkpoint. */
    CommitMark at(long checkpoint) {
        List<Point> all = new ArrayList<>(points);
        all.set(all.size() - 1, new Point(own().run(), checkpoint));
        return new CommitMark(all);
    }

    /** The commit's own run and checkpoint. */
    public Point own() {
        return points.get(points.size() - 1);
    }

    /** Whether another commit is this one or in its past. */
    boolean includes(CommitMark other) {
        return includes(other.own());
    }

    /** Whether the commit of that run and checkpoint is this one or in its past. */
    public boolean includes(Point wanted) {
        for (Point point : points) {
            if (point.run().equals(wanted.run())) {
                return wanted.checkpoint() <= point.checkpoint();
            }
        }
        return false;
    }

    /** Whether the run may be in its past without being named, since so many others are. */
    public boolean hasForgotten(Point wanted) {
        return points.size() == MAX_RUNS
                && points.stream().noneMatch(point -> point.run().equals(wanted.run()));
    }

    static CommitMark parse(String text) {
        List<Point> points = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            int at = each.lastIndexOf('@');
            try {
                points.add(
                        new Point(each.substring(0, at), Long.parseLong(each.substring(at + 1))));
            } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                throw new IllegalArgumentException("'" + text + "' is no mark of a commit", e);
            }
        }
        return new CommitMark(points);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Point point : points) {
            text.append(text.isEmpty() ? "" : ",")
                    .append(point.run())
                    .append('@')
                    .append(point.checkpoint());
        }
        return text.toString();
    }
}
