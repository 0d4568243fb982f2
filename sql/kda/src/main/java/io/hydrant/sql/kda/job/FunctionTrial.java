package io.hydrant.sql.kda.job;

import io.hydrant.core.record.Envelope;
import io.hydrant.lambda.LambdaApi;

import org.apache.flink.api.java.tuple.Tuple2;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Has records prepared as a job has it, by what stands in for the function, without waiting. */
public final class FunctionTrial {

    private static final int MOST_RECORDS = 500;
    private static final int MOST_BYTES = 3 * 1024 * 1024;

    private FunctionTrial() {}

    /**
     * What became of a record.
     *
     * @param payload what goes on to the SQL; null where nothing does
     * @param error why the record goes to the error stream; null where it does not
     */
    public record Prepared(byte[] payload, String error) {}

    /**
     * Prepares records, in batches of their order.
     *
     * @param function closed here
     * @return what became of each
     * @throws IllegalStateException where the function cannot be called
     */
    public static List<Prepared> prepare(
            String applicationArn, String streamArn, LambdaApi function, List<Envelope> records)
            throws InterruptedException {
        List<Prepared> prepared = new ArrayList<>(records.size());
        FunctionInvoker invoker =
                new FunctionInvoker(
                        "that is tried",
                        function,
                        failures -> {
                            if (failures > FunctionInputCall.RETRIES) {
                                throw new IllegalStateException("The function cannot be called");
                            }
                        });
        FunctionInputCall call = new FunctionInputCall(applicationArn, streamArn, invoker);
        try {
            int from = 0;
            while (from < records.size()) {
                int to = from;
                int bytes = 0;
                do {
                    bytes += call.bytes(records.get(to++));
                } while (to < records.size()
                        && to - from < MOST_RECORDS
                        && bytes + call.bytes(records.get(to)) <= MOST_BYTES);
                for (Collection<Tuple2<Envelope, String>> one :
                        call.call(records.subList(from, to))) {
                    prepared.add(prepared(one));
                }
                from = to;
            }
        } finally {
            call.close();
        }
        return prepared;
    }

    private static Prepared prepared(Collection<Tuple2<Envelope, String>> results) {
        for (Tuple2<Envelope, String> one : results) {
            return one.f1 == null
                    ? new Prepared(one.f0.payloadCopy(), null)
                    : new Prepared(null, one.f1);
        }
        return new Prepared(null, null);
    }
}
