package io.hydrant.localstack.harness.flink;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** A job that counts slowly and for ever, with a checkpoint every half second. */
public final class CountingJob {

    private static final long CHECKPOINT_MILLIS = 500;

    private CountingJob() {}

    /** Submits the job; an argument makes it fail before that. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            throw new IllegalArgumentException("no arguments, please, but " + arguments[0]);
        }
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.enableCheckpointing(CHECKPOINT_MILLIS);
        environment
                .fromSource(
                        new NumberSequenceSource(0, Long.MAX_VALUE),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers")
                .map(new Slowly())
                .uid("slowly")
                .name("slowly")
                .sinkTo(new DiscardingSink<>())
                .uid("nowhere");
        environment.execute("counting");
    }

    /** Writes a jar with this class, which is all that the cluster lacks. */
    static Path jar(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, CountingJob.class.getName());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (Class<?> type : new Class<?>[] {CountingJob.class, Slowly.class}) {
                String entry = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new ZipEntry(entry));
                jar.write(type.getClassLoader().getResourceAsStream(entry).readAllBytes());
            }
        }
        return file;
    }

    static final class Slowly implements MapFunction<Long, Long> {

        private static final long serialVersionUID = 1L;

        @Override
        public Long map(Long number) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            return number;
        }
    }
}
