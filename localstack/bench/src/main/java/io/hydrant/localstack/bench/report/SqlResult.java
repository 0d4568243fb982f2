package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.sql.SqlCase;

/**
 * One run of a statement.
 *
 * @param sqlCase what was run
 * @param records bids of a run, of which forests take a part
 * @param cpuSeconds processor time of its process from submission to the end
 * @param wallSeconds the time that took
 */
public record SqlResult(SqlCase sqlCase, long records, double cpuSeconds, double wallSeconds) {

    /** Processor time per million bids that it was put to. */
    public double cpuPerMillion() {
        return cpuSeconds * 1e6 / sqlCase.rows(records);
    }
}
