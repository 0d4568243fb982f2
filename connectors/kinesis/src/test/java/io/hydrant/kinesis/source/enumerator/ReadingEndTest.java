package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.source.EndConfig;
import io.hydrant.kinesis.source.EndPosition;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.ShardListing;
import io.hydrant.kinesis.stream.StreamException;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReadingEndTest {

    private static final Instant SERVICE = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant JOB = Instant.parse("2026-11-21T12:07:00.250Z");

    @Test
    void hasNoEnd() {
        ReadingEnd end = end(EndPosition.NONE, null);
        end.resolve(listing(SERVICE));

        assertThat(end.time()).isNull();
        assertThat(end.millis()).isEqualTo(KinesisShardSplit.NO_END);
        assertThat(end.isPast(listing(SERVICE))).isFalse();
    }

    @Test
    void takesTheWholeSecondOfTheFirstListingForNow() {
        ReadingEnd end = end(EndPosition.NOW, null);
        assertThat(end.isPast(listing(SERVICE))).isFalse();

        end.resolve(listing(SERVICE));
        end.resolve(listing(SERVICE.plusSeconds(60)));

        assertThat(end.time()).isEqualTo(SERVICE.plusSeconds(1));
        assertThat(end.isPast(listing(SERVICE.plusSeconds(2)))).isFalse();
        assertThat(end.isPast(listing(SERVICE.plusSeconds(3)))).isTrue();
    }

    @Test
    void takesTheClockOfTheJobWhereTheServiceHidesItsOwn() {
        ReadingEnd end = end(EndPosition.NOW, null);
        end.resolve(listing(null));

        assertThat(end.time()).isEqualTo(JOB);
    }

    @Test
    void looksForShardsSoonWhereItEndsSoon() {
        Duration minute = Duration.ofMinutes(1);
        Duration blink = Duration.ofMillis(50);

        assertThat(end(EndPosition.NOW, null).listingInterval(minute)).isLessThan(minute);
        assertThat(end(EndPosition.NOW, null).listingInterval(blink)).isEqualTo(blink);
        assertThat(end(EndPosition.NONE, null).listingInterval(minute)).isEqualTo(minute);
        assertThat(end(EndPosition.AT_TIMESTAMP, JOB).listingInterval(minute)).isEqualTo(minute);
    }

    @Test
    void keepsTheEndOfTheReadThatItGoesOnWith() {
        ReadingEnd now = end(EndPosition.NOW, null);
        now.restore(SERVICE);
        assertThat(now.time()).isEqualTo(SERVICE);

        ReadingEnd same = end(EndPosition.AT_TIMESTAMP, SERVICE);
        same.restore(SERVICE);
        assertThat(same.time()).isEqualTo(SERVICE);
    }

    @Test
    void givesAReadWithoutEndOneAtATime() {
        ReadingEnd end = end(EndPosition.AT_TIMESTAMP, SERVICE);
        end.restore(null);

        assertThat(end.time()).isEqualTo(SERVICE);
    }

    @Test
    void refusesAnEndThatShardsMayHavePassedOrNotReached() {
        assertThatThrownBy(() -> end(EndPosition.NONE, null).restore(SERVICE))
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("ends at " + SERVICE + ", but source.end.position is NONE")
                .hasMessageContaining("Restore it with AT_TIMESTAMP and that time")
                .hasMessageContaining("another uid");
        assertThatThrownBy(() -> end(EndPosition.AT_TIMESTAMP, JOB).restore(SERVICE))
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("source.end.position is AT_TIMESTAMP, " + JOB);
    }

    @Test
    void givesAReadWithoutEndOneAtItsNextListingAndNoOtherAfterAFailure() {
        ReadingEnd end = end(EndPosition.NOW, null);
        end.restore(null);
        assertThat(end.isToBeResolved()).isTrue();
        end.resolve(listing(SERVICE));
        Instant resolved = end.time();

        end.restore(null);
        end.resolve(listing(SERVICE.plusSeconds(60)));

        assertThat(end.isToBeResolved()).isFalse();
        assertThat(end.time()).isEqualTo(resolved).isNotNull();
    }

    private static ReadingEnd end(EndPosition position, Instant time) {
        return new ReadingEnd(new EndConfig(position, time), Clock.fixed(JOB, ZoneOffset.UTC));
    }

    private static ShardListing listing(Instant serverTime) {
        return new ShardListing(List.of(), serverTime);
    }
}
