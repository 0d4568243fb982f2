package io.hydrant.delivery.ledger;

import java.util.ArrayList;
import java.util.List;

/** Walks along a shard's records and its clusters of entries side by side. */
final class ShardWalk {

    static final int LISTED_FINDINGS = 100;

    private final ShardName name;
    private final List<ShardTally> tallies;
    private final List<Finding> findings = new ArrayList<>();

    private List<ShardCluster> clusters = List.of();
    private int next;
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
        this.tallies = tallies;
        this.inCluster = new Stretch(name);
        this.uncovered = new Stretch(name);
    }

    void record(String sequence, long subSequence, long arrivalMillis) {
        if (lastSequence == null) {
            clusterFrom(sequence, subSequence);
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
            tallies.forEach(tally -> beyondRetention += tally.count());
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

    /**
     * Entries of records that the stream no longer holds are left out before stretches are formed,
     * for a chain of overlapping ones may reach from there to the newest record, and their counts
     * would make up for losses anywhere along it.
     */
    private void clusterFrom(String sequence, long subSequence) {
        List<ShardTally> retained = new ArrayList<>(tallies.size());
        List<ShardTally> cut = new ArrayList<>();
        for (ShardTally tally : tallies) {
            if (RecordPosition.compare(
                            tally.lastSequence(), tally.lastSubSequence(), sequence, subSequence)
                    < 0) {
                beyondRetention += tally.count();
                continue;
            }
            retained.add(tally);
            if (RecordPosition.compare(
                            tally.firstSequence(), tally.firstSubSequence(), sequence, subSequence)
                    < 0) {
                cut.add(tally);
            }
        }
        clusters = ShardCluster.of(retained);
        // All of them overlap at the oldest record, so they are in one stretch, the first.
        cut.forEach(tally -> clusters.get(0).cut(tally));
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
        long held = inCluster.count();
        if (held > cluster.mostRetained()) {
            find(Finding.Kind.MISSING, cluster, cluster.mostRetained());
            accounted += cluster.mostRetained();
            beyondRetention += cluster.count() - cluster.mostRetained();
        } else if (held < cluster.leastRetained()) {
            find(Finding.Kind.DOUBLED, cluster, cluster.leastRetained());
            accounted += held;
            beyondRetention += cluster.count() - cluster.leastRetained();
        } else if (!cluster.isCut() && inCluster.sum.fingerprint() != cluster.fingerprint()) {
            exchanged++;
            find(Finding.Kind.EXCHANGED, cluster, cluster.count());
        } else {
            accounted += held;
            beyondRetention += cluster.count() - held;
        }
        inCluster = new Stretch(name);
    }

    private void find(Finding.Kind kind, ShardCluster cluster, long inLedger) {
        find(kind, cluster.first(), cluster.last(), inCluster, inLedger);
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
