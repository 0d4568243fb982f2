package io.hydrant.localstack.bench.ingest;

import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.measure.MeasuredRun;

/** The measured process: follows files, puts, or is a gateway that is put to. */
public final class IngestCaseMain {

    private IngestCaseMain() {}

    /** Runs the case that the arguments describe ({@link IngestCaseSettings}). */
    public static void main(String[] arguments) throws Exception {
        IngestCaseSettings settings = IngestCaseSettings.parse(arguments);
        MeasuredRun.runAndExit(settings.figures(), () -> run(settings));
    }

    private static Measured run(IngestCaseSettings settings) throws Exception {
        return switch (settings.ingestCase()) {
            case CAT, WC, AGENT, AGENT_JSON ->
                    throw new IllegalArgumentException(
                            settings.ingestCase().id() + " is another program");
            case LINE_LOOP -> LineLoop.run(settings);
            case TAIL, TAIL_PATTERN, ONE_FILE, MANY_FILES -> TailedFiles.run(settings);
            case JOB, JOB_JSON, JOB_PLAIN, JOB_JSON_PLAIN -> AgentJob.run(settings);
            case PUT_RECORDS -> GatewayRun.withoutGateway(settings);
            case GATEWAY_BATCH, GATEWAY_PUT_RECORDS -> GatewayRun.throughGateway(settings);
        };
    }
}
