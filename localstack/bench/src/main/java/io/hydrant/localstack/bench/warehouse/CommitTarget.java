package io.hydrant.localstack.bench.warehouse;

import io.hydrant.core.record.Envelope;

import org.apache.flink.streaming.api.datastream.DataStream;

/** A warehouse whose commits are looked at. */
interface CommitTarget extends AutoCloseable {

    /**
     * What committed rows came in.
     *
     * @param files files
     * @param loads transactions that brought them
     */
    record Loads(long files, long loads) {}

    /** Makes a table. */
    void create(String table) throws Exception;

    /** Adds a delivery to that table to a job. */
    void deliver(DataStream<Envelope> flights, String table);

    /** How many rows a query would find. */
    long rows(String table) throws Exception;

    /** How they came there. */
    Loads loads(String table) throws Exception;
}
