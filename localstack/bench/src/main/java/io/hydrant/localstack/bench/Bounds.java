package io.hydrant.localstack.bench;

/** Refuses numbers that no benchmark could run with, naming the option and what it may be. */
final class Bounds {

    private Bounds() {}

    static void atLeast(long least, String option, long value) {
        if (value < least) {
            throw new IllegalArgumentException(
                    option + " must be at least " + least + ", but is " + value);
        }
    }

    static void between(long least, long most, String option, long value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    option + " must be from " + least + " to " + most + ", but is " + value);
        }
    }
}
