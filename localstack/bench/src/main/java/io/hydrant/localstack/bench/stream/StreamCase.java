package io.hydrant.localstack.bench.stream;

import io.hydrant.localstack.bench.measure.NamedCase;

import java.util.Arrays;
import java.util.List;

/** Who reads or writes a stream. */
public enum StreamCase implements NamedCase {
    /** The limit of a reader: the SDK and nothing else. */
    READ_SDK("sdk-loop", "plain SDK loop, one thread", Task.READ, null),
    /** Our source. */
    READ_HYDRANT("hydrant", "Hydrant source", Task.READ, null),
    /** Our source with the SDK in the place of its own decoding. */
    READ_HYDRANT_SDK("hydrant-sdk", "Hydrant source, SDK decoding", Task.READ, null),
    /** The official connector's source on the interface that Flink has today. */
    READ_OFFICIAL(
            "official",
            "official KinesisStreamsSource",
            Task.READ,
            "io.hydrant.bench.rival.OfficialSource"),
    /** The official connector's older source. */
    READ_OFFICIAL_LEGACY(
            "official-legacy",
            "official FlinkKinesisConsumer",
            Task.READ,
            "io.hydrant.bench.rival.OfficialLegacySource"),
    /** The limit of a writer: the SDK and nothing else. */
    PUT_SDK("sdk-loop", "plain SDK loop, one thread", Task.PUT, null),
    /** Our putter for plain programs. */
    PUT_PUTTER("putter", "Hydrant BatchPutter", Task.PUT, null),
    /** Our sink. */
    PUT_HYDRANT("hydrant", "Hydrant sink", Task.PUT, null),
    /** The official connector's sink. */
    PUT_OFFICIAL(
            "official",
            "official KinesisStreamsSink",
            Task.PUT,
            "io.hydrant.bench.rival.OfficialSink");

    /** What is done with the stream. */
    public enum Task {
        /** Records are read and counted. */
        READ,
        /** Records are put. */
        PUT
    }

    private final String id;
    private final String title;
    private final Task task;
    private final String rivalClass;

    StreamCase(String id, String title, Task task, String rivalClass) {
        this.id = id;
        this.title = title;
        this.task = task;
        this.rivalClass = rivalClass;
    }

    /** All of a task. */
    public static List<StreamCase> of(Task task) {
        return Arrays.stream(values()).filter(one -> one.task == task).toList();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String title() {
        return title;
    }

    /** What is done with the stream. */
    public Task task() {
        return task;
    }

    /** Whether it is the official connector, which runs on a Flink and class path of its own. */
    public boolean isRival() {
        return rivalClass != null;
    }

    /** Whether it takes part with such records: only ours put aggregates. */
    public boolean takes(Load load) {
        return task == Task.READ
                || !load.isAggregated()
                || this == PUT_PUTTER
                || this == PUT_HYDRANT;
    }

    /** Whether it gives the user records of an aggregate, not the aggregate. */
    public boolean deaggregates() {
        return this != READ_OFFICIAL;
    }

    /** Its class in {@code localstack/bench/rival}, or null. */
    String rivalClass() {
        return rivalClass;
    }
}
