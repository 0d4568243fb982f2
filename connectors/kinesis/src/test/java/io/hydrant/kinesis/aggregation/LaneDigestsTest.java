package io.hydrant.kinesis.aggregation;

import io.hydrant.kinesis.stream.HashKey;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Held against the platform's MD5. */
class LaneDigestsTest {

    @Property(tries = 300)
    void knowsEachMessageByItsDigest(
            @ForAll @IntRange(max = 150) int messages,
            @ForAll @IntRange(max = 400) int length,
            @ForAll @IntRange(max = 200) int spread,
            @ForAll long seed) {
        Random random = new Random(seed);
        int[] lengths =
                IntStream.range(0, messages)
                        .map(i -> length + random.nextInt(spread + 1))
                        .toArray();

        assertKnown(lengths, random);
    }

    /** Around the places where the length does not fit any more, and where a block begins. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129, 6400})
    void knowsMessagesOfEachLength(int length) {
        int[] lengths = new int[3 * LaneDigests.LANES + 5];
        Arrays.fill(lengths, length);

        assertKnown(lengths, new Random(length));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1, 5, LaneDigests.LANES - 1, LaneDigests.LANES, LaneDigests.LANES + 1, 1000})
    void knowsAnyNumberOfMessages(int messages) {
        int[] lengths = new int[messages];
        Arrays.fill(lengths, 300);

        assertKnown(lengths, new Random(messages));
    }

    @Test
    void knowsOneMessageThatIsLongerThanAllOthers() {
        int[] lengths = new int[100];
        Arrays.fill(lengths, 100);
        lengths[50] = 100_000;

        assertKnown(lengths, new Random(1));
    }

    @Test
    void nothingIsNoMessage() {
        assertKnown(new int[0], new Random(1));
    }

    /**
     * Messages in arrays of their own or one behind the other; one of each eight has a bit turned.
     */
    private static void assertKnown(int[] lengths, Random random) {
        LaneDigests digests = new LaneDigests();
        boolean[] isWhole = new boolean[lengths.length];
        byte[] shared = new byte[Arrays.stream(lengths).map(length -> length + 20).sum()];
        int end = 0;
        for (int i = 0; i < lengths.length; i++) {
            byte[] array = random.nextBoolean() ? shared : new byte[lengths[i] + 20];
            int from = array == shared ? end + random.nextInt(4) : random.nextInt(4);
            int to = from + lengths[i];
            byte[] message = new byte[lengths[i]];
            random.nextBytes(message);
            System.arraycopy(message, 0, array, from, message.length);
            System.arraycopy(HashKey.md5().digest(message), 0, array, to, 16);
            isWhole[i] = random.nextInt(8) > 0;
            if (!isWhole[i]) {
                array[from + random.nextInt(message.length + 16)] ^=
                        (byte) (1 << random.nextInt(8));
            }
            if (array == shared) {
                end = to + 16;
            }
            digests.add(array, from, to);
        }

        digests.compute();

        for (int i = 0; i < lengths.length; i++) {
            assertThat(digests.matches(i)).as("message " + i).isEqualTo(isWhole[i]);
        }
    }
}
