package io.hydrant.localstack.bench.stream;

import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.measure.MeasuredRun;

/** The measured process: reads or writes a stream and writes its figures. */
public final class StreamCaseMain {

    private StreamCaseMain() {}

    /** Runs the case that the arguments describe ({@link StreamCaseSettings}). */
    public static void main(String[] arguments) throws Exception {
        StreamCaseSettings settings = StreamCaseSettings.parse(arguments);
        MeasuredRun.runAndExit(settings.figures(), () -> run(settings));
    }

    /** Each kind in a class of its own, so that a rival's JVM loads nothing of ours. */
    private static Measured run(StreamCaseSettings settings) throws Exception {
        return switch (settings.streamCase()) {
            case READ_SDK -> SdkReadLoop.run(settings);
            case READ_HYDRANT, READ_HYDRANT_SDK -> StreamJob.read(settings, HydrantStream::read);
            case READ_OFFICIAL, READ_OFFICIAL_LEGACY ->
                    StreamJob.read(settings, OfficialConnector::read);
            case PUT_SDK -> PutLoops.sdk(settings);
            case PUT_PUTTER -> PutLoops.putter(settings);
            case PUT_HYDRANT -> StreamJob.put(settings, HydrantStream.sink(settings));
            case PUT_OFFICIAL -> StreamJob.put(settings, OfficialConnector.sink(settings));
        };
    }
}
