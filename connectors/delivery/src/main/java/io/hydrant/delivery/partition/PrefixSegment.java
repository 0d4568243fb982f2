package io.hydrant.delivery.partition;

import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/** One piece of a prefix: text, or an expression that becomes text. */
sealed interface PrefixSegment {

    /**
     * Appends what the segment is for an object.
     *
     * @param position of the segment in its prefix, so that two of a kind can differ
     */
    void append(PrefixFacts facts, int position, StringBuilder prefix);

    default boolean isExpression() {
        return true;
    }

    /** See {@link PrefixTemplate#granularityMillis()}. */
    default long granularityMillis() {
        return Long.MAX_VALUE;
    }

    /** Text that stays as it is. */
    record Literal(String text) implements PrefixSegment {
        @Override
        public void append(PrefixFacts facts, int position, StringBuilder prefix) {
            prefix.append(text);
        }

        @Override
        public boolean isExpression() {
            return false;
        }
    }

    /** The arrival of the oldest record. */
    record Timestamp(String pattern, DateTimeFormatter formatter, long granularityMillis)
            implements PrefixSegment {

        private static final long SECOND = 1_000;
        private static final long MINUTE = 60 * SECOND;

        /** Every offset of a time zone since 1986 is a multiple of a quarter of an hour. */
        private static final long QUARTER = 15 * MINUTE;

        static Timestamp of(String pattern) {
            return new Timestamp(
                    pattern,
                    DateTimeFormatter.ofPattern(pattern, Locale.US),
                    granularityOf(pattern));
        }

        @Override
        public void append(PrefixFacts facts, int position, StringBuilder prefix) {
            formatter.formatTo(facts.arrival(), prefix);
        }

        private static long granularityOf(String pattern) {
            long finest = QUARTER;
            boolean quoted = false;
            for (int i = 0; i < pattern.length(); i++) {
                char letter = pattern.charAt(i);
                if (letter == '\'') {
                    quoted = !quoted;
                } else if (!quoted) {
                    finest = Math.min(finest, granularityOf(letter));
                }
            }
            return finest;
        }

        private static long granularityOf(char letter) {
            return switch (letter) {
                case 'S', 'n', 'N', 'A' -> 1;
                case 's' -> SECOND;
                case 'm', 'B' -> MINUTE;
                default -> QUARTER;
            };
        }
    }

    /**
     * A partitioning key of the record. Its value is put in by {@link PrefixTemplate#partition},
     * before there is an object to name, so what is left of it in a name is nothing.
     *
     * @param source where the key comes from
     * @param key its name
     */
    record Key(KeySource source, String key) implements PrefixSegment {
        @Override
        public void append(PrefixFacts facts, int position, StringBuilder prefix) {
            // Whatever it was, it is in the partition's own template.
        }
    }

    /** The folder of the kind of error. */
    record ErrorType() implements PrefixSegment {
        @Override
        public void append(PrefixFacts facts, int position, StringBuilder prefix) {
            prefix.append(facts.type().folder());
        }
    }

    /** The first 11 characters of a UUID, as in the guide's example {@code 046b6c7f-0b}. */
    record RandomString() implements PrefixSegment {

        private static final int LENGTH = 11;

        @Override
        public void append(PrefixFacts facts, int position, StringBuilder prefix) {
            UUID id = facts.id();
            long seed =
                    id.getMostSignificantBits() ^ Long.rotateLeft(id.getLeastSignificantBits(), 32);
            long random = mix(seed + (position + 1) * 0x9e3779b97f4a7c15L);
            prefix.append(new UUID(random, 0).toString(), 0, LENGTH);
        }

        private static long mix(long value) {
            long z = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
            z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
            return z ^ (z >>> 33);
        }
    }
}
