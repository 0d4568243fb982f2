package io.hydrant.launcher.soak.source;

import io.hydrant.kinesis.source.ReaderType;
import io.hydrant.kinesis.source.ShardOrder;
import io.hydrant.kinesis.source.StreamSelection;
import io.hydrant.kinesis.stream.Shard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Steps drawn by chance: records are put, plain and aggregated, shards split and merge, streams are
 * made, calls fail, readers read, checkpoints are taken, tasks and the job fail and come back. In
 * every other simulation streams keep records for a day only, and hours pass now and then. Of the
 * others, half are a chain of jobs that end: each reads from the time at which the one before has
 * ended. In half of all, jobs subscribe to their shards, and some are restored to poll them, and
 * the other way round. Every so often, and at the end, all that was put must have come out, or been
 * reported as lost.
 *
 * <p>What is violated first is thrown as {@link Violation}.
 */
public final class SourceSimulation implements AutoCloseable {

    private static final int MAX_STREAMS = 3;
    private static final int MAX_OPEN_SHARDS = 6;
    private static final int MAX_PARALLELISM = 4;
    private static final int SETTLE_EVERY = 1_000;
    private static final int SETTLE_ROUNDS = 20_000;
    private static final int REMEMBERED_STEPS = 40;
    private static final Duration RETENTION = Duration.ofHours(24);
    private static final int LONGEST_PAUSE_MINUTES = 40 * 60;
    private static final int LONGEST_JOB_MILLIS = 20_000;

    private final Random random;
    private final SimulatedTime time;
    private final boolean expiring;
    private final boolean chained;
    private final boolean subscribing;
    private final StreamSelection streams = StreamSelection.pattern("simulated-.*");
    private final SimulatedAccount account;
    private final KeyLedger ledger;
    private final SimulatedProducer producer;
    private SimulatedJob job;
    private JobOptions options;
    private int ends;
    private final Deque<String> lastSteps = new ArrayDeque<>();
    private long steps;
    private boolean newborn = true;

    /** A simulation that has not begun; the seed decides all that follows. */
    public SourceSimulation(long seed) throws Exception {
        this.random = new Random(seed);
        this.time = new SimulatedTime(random);
        // The first draws of neighbouring seeds are alike.
        this.expiring = seed % 2 == 0;
        this.subscribing = (seed >> 1) % 2 != 0;
        this.account = new SimulatedAccount(time, expiring ? RETENTION : null, random);
        this.ledger = new KeyLedger(account::isOfGoneShard);
        this.producer = new SimulatedProducer(ledger, random);
        this.chained = !expiring && random.nextBoolean();
        ShardOrder order = any(List.of(ShardOrder.values()));
        // One that is made later belongs to a job that has an end only where it finds it in time.
        int toBegin = chained ? 1 + random.nextInt(MAX_STREAMS) : 1;
        for (int i = 0; i < toBegin; i++) {
            account.create("simulated-" + i, 1 + random.nextInt(3));
        }
        this.options =
                JobOptions.beginningAt(
                        order,
                        subscribing ? ReaderType.EFO : ReaderType.POLLING,
                        random.nextBoolean() ? "TRIM_HORIZON" : "LATEST");
        this.job = begin();
        // LATEST is from here on.
        job.discover();
    }

    /** Takes one step. */
    public void step() throws Exception {
        steps++;
        if (steps % SETTLE_EVERY == 0) {
            settle();
        } else {
            remember(steps + ": " + (chained && random.nextInt(50) == 0 ? chain() : act()));
            goOnWhereItEnded();
        }
    }

    private SimulatedJob begin() throws Exception {
        return new SimulatedJob(
                account,
                streams,
                options.config(),
                time,
                ledger,
                1 + random.nextInt(MAX_PARALLELISM));
    }

    /** What happens to jobs that end: they are given an end, and it comes nearer. */
    private String chain() throws Exception {
        if (job.isEndless() && random.nextBoolean()) {
            return changeTo(anyEnd()) ? "the job is restored to end" : "nothing";
        }
        return passSeconds();
    }

    private boolean changeTo(JobOptions others) throws Exception {
        if (!job.changeTo(others.config())) {
            return false;
        }
        options = others;
        return true;
    }

    private String passSeconds() {
        int millis = random.nextInt(3_000);
        time.pass(Duration.ofMillis(millis).toNanos());
        return millis + " ms pass";
    }

    /** Another job reads on where one has ended. */
    private void goOnWhereItEnded() throws Exception {
        if (!chained || !job.isThrough()) {
            return;
        }
        Instant end = job.end();
        job.close();
        ends++;
        options = options.beginningAt(end);
        if (random.nextInt(4) > 0) {
            options = anyEnd();
        }
        job = begin();
        remember("a job begins at " + end + (job.isEndless() ? "" : ", and has an end"));
    }

    private JobOptions anyEnd() {
        return random.nextBoolean()
                ? options.endingNow()
                : options.endingAt(time.millis() + random.nextInt(LONGEST_JOB_MILLIS));
    }

    /** Lets everything that was put come out. */
    public void settle() throws Exception {
        remember(steps + ": settle");
        account.calm();
        if (!expiring) {
            requireNothingLost();
        }
        for (int round = 0; !ledger.isEven(); round++) {
            if (round == SETTLE_ROUNDS) {
                throw new Violation("These records never came out: " + ledger.missing());
            }
            job.discover();
            job.beginCheckpoint();
            for (int subtask = 0; subtask < job.parallelism(); subtask++) {
                job.deliver(subtask);
                job.read(subtask, 50);
                job.takePart(subtask);
            }
            if (chained) {
                passSeconds();
                goOnWhereItEnded();
            }
        }
    }

    private void requireNothingLost() {
        if (ledger.reportedLost()) {
            throw new Violation("The source reported a loss although nothing expires");
        }
    }

    /** Steps taken. */
    public long steps() {
        return steps;
    }

    /** User records put. */
    public long records() {
        return ledger.total();
    }

    /** User records that expired before they were read; the source has said so of each. */
    public long lost() {
        return ledger.left();
    }

    /** Shards that ever were. */
    public int shards() {
        return account.streams().stream().mapToInt(stream -> stream.contents().size()).sum();
    }

    /** Jobs that have come to their end. */
    public int ends() {
        return ends;
    }

    /** Subscriptions of enhanced fan-out that broke. */
    public long brokenSubscriptions() {
        return account.fanOut().broken();
    }

    /** Those that came to the end of their time or their shard. */
    public long endedSubscriptions() {
        return account.fanOut().renewed();
    }

    /** In what order the source hands out shards. */
    public ShardOrder order() {
        return options.order();
    }

    /** The last steps, oldest first. */
    public List<String> lastSteps() {
        return List.copyOf(lastSteps);
    }

    @Override
    public void close() throws Exception {
        job.close();
    }

    private String act() throws Exception {
        int subtask = random.nextInt(job.parallelism());
        int chance = random.nextInt(1_000);
        if (chance < 200) {
            return producer.put(any(account.streams()));
        }
        if (chance < 520) {
            int records = 1 + random.nextInt(20);
            job.read(subtask, records);
            return "subtask " + subtask + " reads, and emits up to " + records;
        }
        if (chance < 640) {
            job.deliver(subtask);
            return "a message of subtask " + subtask + " arrives";
        }
        if (chance < 720) {
            job.discover();
            return "discovery";
        }
        if (chance < 770) {
            job.beginCheckpoint();
            return "a checkpoint begins";
        }
        if (chance < 920) {
            job.takePart(subtask);
            return "subtask " + subtask + " takes its part";
        }
        if (chance < 950) {
            return reshard();
        }
        if (chance < 982) {
            return disturb();
        }
        if (chance < 985) {
            return expiring ? pause() : disturb();
        }
        if (chance < 993) {
            job.failOne(subtask);
            return "subtask " + subtask + " fails";
        }
        if (chance < 998) {
            if (subscribing && random.nextInt(4) == 0 && changeTo(options.readingOtherwise())) {
                return "the job is restored to read by " + options.reader();
            }
            int parallelism = 1 + random.nextInt(MAX_PARALLELISM);
            job.failAll(parallelism);
            return "the job fails, and comes back with parallelism " + parallelism;
        }
        return born();
    }

    /**
     * Time passes, so that records may expire. A job without a checkpoint, and a stream that nobody
     * has found, would lose them before there was a read to miss them, so all streams are found
     * first, and that is kept.
     */
    private String pause() throws Exception {
        if (newborn) {
            account.calm();
            for (int i = 0; i < 5; i++) {
                job.discover();
            }
            job.completeCheckpoint();
            newborn = false;
        }
        int minutes = 1 + random.nextInt(LONGEST_PAUSE_MINUTES);
        time.pass(Duration.ofMinutes(minutes).toNanos());
        return minutes + " minutes pass";
    }

    private String reshard() {
        SimulatedStream stream = any(account.streams());
        List<Shard> open = stream.openShards();
        Shard shard = any(open);
        boolean split = open.size() < 2 || (open.size() < MAX_OPEN_SHARDS && random.nextBoolean());
        if (split) {
            stream.split(shard);
        } else if (!stream.merge(shard)) {
            return "nothing";
        }
        return shard.id() + " of " + stream.arn().stream() + (split ? " splits" : " merges");
    }

    private String disturb() {
        if (subscribing && random.nextBoolean()) {
            return account.fanOut().disturb();
        }
        switch (random.nextInt(5)) {
            case 0 -> {
                account.throttleNextRead();
                return "the next read is throttled";
            }
            case 1 -> {
                account.resetNextRead();
                return "the next read is reset";
            }
            case 2 -> {
                account.throttleNextListing();
                return "the next listing is throttled";
            }
            case 3 -> {
                account.resetNextListing();
                return "the next listing is reset";
            }
            default -> {
                account.expireIterators();
                return "iterators expire";
            }
        }
    }

    private String born() {
        int streams = account.streams().size();
        if (streams == MAX_STREAMS || chained) {
            return "nothing";
        }
        account.create("simulated-" + streams, 1 + random.nextInt(3));
        newborn = true;
        return "stream simulated-" + streams + " is made";
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void remember(String step) {
        lastSteps.add(step);
        if (lastSteps.size() > REMEMBERED_STEPS) {
            lastSteps.remove();
        }
    }
}
