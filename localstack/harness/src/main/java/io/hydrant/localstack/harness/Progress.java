package io.hydrant.localstack.harness;

/**
 * Where a set-up that takes long says what it is doing, one line at a time.
 *
 * <p>A fresh set-up downloads some hundred megabytes; somebody who sees no line for a minute thinks
 * that it hangs.
 */
@FunctionalInterface
public interface Progress {

    /**
     * Says one line.
     *
     * @param line the text, without a line end
     */
    void say(String line);

    /**
     * Progress on standard error, which a build prints whatever its log level is.
     *
     * @return a progress that prints each line at once
     */
    @SuppressWarnings("checkstyle:systemOut")
    static Progress onStandardError() {
        return line -> System.err.println("[hydrant] " + line);
    }

    /**
     * Progress that nobody wants to see.
     *
     * @return a progress that drops its lines
     */
    static Progress silent() {
        return line -> {};
    }
}
