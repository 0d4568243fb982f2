package io.hydrant.localstack.bench.sql;

/** A question that is asked twice, once to warm up. */
interface Asked {

    /** Answers it from all bids. */
    void answer() throws Exception;

    /** How many rows an answer has, where it goes to a stream; else how many rows it was put to. */
    long answers() throws Exception;
}
