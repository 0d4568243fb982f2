package io.hydrant.sql.runner;

import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Keeps a compiled plan, and beside it the statements that it was compiled from, so that a plan is
 * never run for other statements.
 *
 * <p>The statements are written first: a plan without them is one that somebody put there, and is
 * run as it is.
 */
final class PlanStore {

    private final Path plan;
    private final Path statements;

    PlanStore(String place) {
        this.plan = ScriptFile.pathOf(place);
        this.statements = new Path(plan.getParent(), plan.getName() + ".sql");
    }

    /**
     * The plan that is there, or null.
     *
     * @param text the statements that are to run
     * @throws ScriptException if it was compiled from other statements, or cannot be read
     */
    String read(String text) {
        try {
            FileSystem files = plan.getFileSystem();
            if (!files.exists(plan)) {
                return null;
            }
            if (files.exists(statements) && !textOf(files, statements).equals(text)) {
                throw new ScriptException(
                        "--plan "
                                + plan
                                + " was compiled from other statements ("
                                + statements
                                + "). Name another place for the changed script; its job cannot"
                                + " take over the state of the old one for certain");
            }
            return textOf(files, plan);
        } catch (IOException e) {
            throw new ScriptException("--plan " + plan + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Writes a plan where none is. */
    void write(String json, String text) {
        try {
            FileSystem files = plan.getFileSystem();
            write(files, statements, text);
            write(files, plan, json);
        } catch (IOException e) {
            throw new ScriptException(
                    "--plan " + plan + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static String textOf(FileSystem files, Path path) throws IOException {
        try (var in = files.open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void write(FileSystem files, Path path, String text) throws IOException {
        try (FSDataOutputStream out = files.create(path, FileSystem.WriteMode.OVERWRITE)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
