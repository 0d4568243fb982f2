package io.hydrant.delivery.ledger;

import java.util.ArrayList;
import java.util.List;

/** Walks along a shard's records and its clusters of entries side by side. */
final class ShardWalk {

    static final int LISTED_FINDINGS = 100;

    private final ShardName name;
    private final List<ShardCluster> clusters;
    private final List<Finding> findings = new ArrayList<>();

    private int next;
    private boolean trimmed;
    private Stretch inCluster;
    private Stretch uncovered;

    private String lastSequence;
    private long lastSubSequence;
    private long inStream;
    private long accounted;
    private long missing;
    private long doubled;
    private long exchanged;
    private long beyondRetention;
    private long unlistedFindings;

    ShardWalk(ShardName name, List<ShardTally> tallies) {
        this.name = name;
        this.clusters = ShardCluster.of(tallies);
        this.inCluster = new Stretch(name);
        this.uncovered = new Stretch(name);
    }

    void record(String sequence, long subSequence, long arrivalMillis) {
        if (lastSequence == null) {
            skipWhatTheStreamNoLongerHolds(sequence, subSequence);
        } else if (RecordPosition.compare(sequence, subSequence, lastSequence, lastSubSequence)
                <= 0) {
            throw new IllegalArgumentException(
                    "Records of a shard must come in order, but "
                            + new RecordPosition(sequence, subSequence)
                            + " of "
                            + name
                            + " follows "
                            + new RecordPosition(lastSequence, lastSubSequence));
        }
        lastSequence = sequence;
        lastSubSequence = subSequence;
        inStream++;
        while (next < clusters.size() && clusters.get(next).endsBefore(sequence, subSequence)) {
            closeGap();
            closeCluster();
        }
        if (next == clusters.size() || clusters.get(next).startsAfter(sequence, subSequence)) {
            uncovered.add(sequence, subSequence, arrivalMillis);
        } else {
            closeGap();
            inCluster.add(sequence, subSequence, arrivalMillis);
        }
    }

    ShardAudit end() {
        if (lastSequence == null) {
            while (next < clusters.size()) {
                beyondRetention += clusters.get(next++).count();
            }
        }
        boolean pending = next == clusters.size();
        while (next < clusters.size()) {
            closeGap();
            closeCluster();
        }
        long pendingRecords = pending ? uncovered.count() : 0;
        return new ShardAudit(
                name.stream(),
                name.shard(),
                inStream,
                accounted,
                missing,
                doubled,
                exchanged,
                pendingRecords,
                pendingRecords == 0 ? 0 : uncovered.oldestArrivalMillis,
                beyondRetention,
                findings,
                unlistedFindings);
    }

    private void skipWhatTheStreamNoLongerHolds(String sequence, long subSequence) {
        while (next < clusters.size() && clusters.get(next).endsBefore(sequence, subSequence)) {
            beyondRetention += clusters.get(next++).count();
        }
        trimmed = next < clusters.size() && clusters.get(next).startsBefore(sequence, subSequence);
    }

    private void closeGap() {
        if (uncovered.count() > 0) {
            ShardTally gap = uncovered.sum.toTally();
            find(
                    Finding.Kind.GAP,
                    new RecordPosition(gap.firstSequence(), gap.firstSubSequence()),
                    new RecordPosition(gap.lastSequence(), gap.lastSubSequence()),
                    uncovered,
                    0);
            uncovered = new Stretch(name);
        }
    }

    private void closeCluster() {
        ShardCluster cluster = clusters.get(next++);
        if (trimmed && cluster.count() > inCluster.count()) {
            beyondRetention += cluster.count() - inCluster.count();
            accounted += inCluster.count();
        } else if (inCluster.count() > cluster.count()) {
            find(Finding.Kind.MISSING, cluster);
            accounted += cluster.count();
        } else if (inCluster.count() < cluster.count()) {
            find(Finding.Kind.DOUBLED, cluster);
            accounted += inCluster.count();
        } else if (inCluster.sum.fingerprint() != cluster.fingerprint()) {
            exchanged++;
            find(Finding.Kind.EXCHANGED, cluster);
        } else {
            accounted += cluster.count();
        }
        trimmed = false;
        inCluster = new Stretch(name);
    }

    private void find(Finding.Kind kind, ShardCluster cluster) {
        find(kind, cluster.first(), cluster.last(), inCluster, cluster.count());
    }

    private void find(
            Finding.Kind kind,
            RecordPosition first,
            RecordPosition last,
            Stretch stretch,
            long inLedger) {
        Finding finding =
                new Finding(
                        kind,
                        first,
                        last,
                        stretch.count(),
                        inLedger,
                        stretch.count() == 0 ? 0 : stretch.oldestArrivalMillis,
                        stretch.count() == 0 ? 0 : stretch.newestArrivalMillis);
        missing += finding.missing();
        doubled += finding.doubled();
        if (findings.size() < LISTED_FINDINGS) {
            findings.add(finding);
        } else {
            unlistedFindings++;
        }
    }

    /** Records of the stream that follow each other. */
    private static final class Stretch {

        final ShardSum sum;
        long oldestArrivalMillis = Long.MAX_VALUE;
        long newestArrivalMillis = Long.MIN_VALUE;

        Stretch(ShardName name) {
            this.sum = new ShardSum(name);
        }

        void add(String sequence, long subSequence, long arrivalMillis) {
            sum.add(sequence, subSequence);
            oldestArrivalMillis = Math.min(oldestArrivalMillis, arrivalMillis);
            newestArrivalMillis = Math.max(newestArrivalMillis, arrivalMillis);
        }

        long count() {
            return sum.count();
        }
    }
}
