package io.hydrant.localstack.bench.ingest;

import io.hydrant.localstack.bench.measure.NamedCase;

/** What is measured at the front doors, and what stands beside it. */
public enum IngestCase implements NamedCase {
    /** The limit of reading: bytes that nobody looks at. */
    CAT("cat", "`cat` to nowhere", Group.TAIL),
    /** The limit of looking for line feeds. */
    WC("wc", "`wc -l`", Group.TAIL),
    /** The limit of a JVM that makes an array of each line. */
    LINE_LOOP("line-loop", "Java loop that copies lines", Group.TAIL),
    /** Our source of files. */
    TAIL("tail", "Hydrant's tailer, a line a record", Group.TAIL),
    /** The same where a pattern says which lines begin a record. */
    TAIL_PATTERN("tail-pattern", "Hydrant's tailer, `multiLineStartPattern`", Group.TAIL),
    /** From the file into the stream. */
    JOB("ingest-job", "whole job, aggregates into Kinesis", Group.TAIL),
    /** The same, with a conversion. */
    JOB_JSON("ingest-job-json", "whole job with LOGTOJSON", Group.TAIL),
    /** From the file into the stream as Kinesis Agent does it: a record for each line. */
    JOB_PLAIN("ingest-job-plain", "whole job, a record a line", Group.TAIL),
    /** The same, with a conversion. */
    JOB_JSON_PLAIN(
            "ingest-job-json-plain", "whole job with LOGTOJSON, a record a line", Group.TAIL),
    /** What the job replaces, by the same file. */
    AGENT("kinesis-agent", "Kinesis Agent", Group.TAIL),
    /** The same, with a conversion. */
    AGENT_JSON("kinesis-agent-json", "Kinesis Agent with LOGTOJSON", Group.TAIL),
    /** What the tailer takes with one file. */
    ONE_FILE("one-file", "one file", Group.FILES),
    /** What it takes with many. */
    MANY_FILES("many-files", "many files", Group.FILES),
    /** The limit of a producer: Kinesis without a gateway. */
    PUT_RECORDS("put-records", "raw PutRecords loop, no gateway", Group.GATEWAY),
    /** Firehose's API. */
    GATEWAY_BATCH("gateway-batch", "gateway, PutRecordBatch", Group.GATEWAY),
    /** Kinesis' API, passed through. */
    GATEWAY_PUT_RECORDS("gateway-put-records", "gateway, PutRecords passed through", Group.GATEWAY);

    private final String id;
    private final String title;
    private final Group group;

    /** What is measured of a case. */
    public enum Group {
        /** Bytes of one file in a time. */
        TAIL,
        /** Memory, and processor time while nothing happens. */
        FILES,
        /** Records that are put, and how long an answer takes. */
        GATEWAY
    }

    IngestCase(String id, String title, Group group) {
        this.id = id;
        this.title = title;
        this.group = group;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String title() {
        return title;
    }

    /** What is measured of it. */
    public Group group() {
        return group;
    }

    /** Whether it is a program of the system, not one of Java. */
    public boolean isSystemProgram() {
        return this == CAT || this == WC;
    }

    /** Whether it is Amazon's program, which somebody has to have built. */
    public boolean isKinesisAgent() {
        return this == AGENT || this == AGENT_JSON;
    }

    /** Whether it is our job, all of it. */
    boolean isWholeJob() {
        return this == JOB || this == JOB_JSON || this == JOB_PLAIN || this == JOB_JSON_PLAIN;
    }

    /** Whether lines become JSON. */
    boolean isToJson() {
        return this == JOB_JSON || this == JOB_JSON_PLAIN || this == AGENT_JSON;
    }

    /** Whether records end in a stream. */
    public boolean isIntoKinesis() {
        return isWholeJob() || isKinesisAgent() || group == Group.GATEWAY;
    }
}
