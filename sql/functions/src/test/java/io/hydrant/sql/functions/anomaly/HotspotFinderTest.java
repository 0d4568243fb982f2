package io.hydrant.sql.functions.anomaly;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class HotspotFinderTest {

    @Test
    void aRegionIsWhatIsDenseAndWhatIsNextToIt() {
        List<double[]> points =
                List.of(
                        point(0, 0),
                        point(0, 1),
                        point(1, 0),
                        // Next to two of them only, so no core, but in reach of one.
                        point(2, 0),
                        point(9, 9));

        List<HotspotFinder.Hotspot> found = new HotspotFinder(1.0, 3).find(points);

        assertThat(found).hasSize(1);
        assertThat(found.get(0).density()).isEqualTo(4 / 2.0);
        assertThat(found.get(0).minValues()).containsExactly(0, 0);
        assertThat(found.get(0).maxValues()).containsExactly(2, 1);
    }

    @Test
    void pointsWithoutEnoughOthersAroundThemAreNoRegion() {
        assertThat(new HotspotFinder(1.0, 3).find(List.of(point(0, 0), point(0, 1)))).isEmpty();
        assertThat(new HotspotFinder(1.0, 2).find(List.of())).isEmpty();
    }

    @Test
    void theDensestRegionComesFirst() {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            points.add(point(i, i));
            points.add(point(100 + i / 10.0, i / 10.0));
        }

        List<HotspotFinder.Hotspot> found = new HotspotFinder(2.0, 3).find(points);

        assertThat(found).hasSize(2);
        assertThat(found.get(0).minValues()).containsExactly(100, 0);
        assertThat(found.get(0).density()).isCloseTo(5 / 0.16, within(1e-6));
        assertThat(found.get(1).density()).isEqualTo(5 / 16.0);
    }

    @Test
    void theRadiusStandsForAnExtentThatIsNone() {
        List<HotspotFinder.Hotspot> found =
                new HotspotFinder(0.5, 2).find(List.of(point(1, 3), point(1, 3)));

        assertThat(found.get(0).density()).isEqualTo(2 / 0.25);
    }

    /** The data of the developer guide's example: a fifth of the points in a square of side 1. */
    @Test
    void findsTheHotspotOfTheGuidesExample() {
        Random random = new Random(1);
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            points.add(
                    i % 5 == 0
                            ? point(4 + random.nextDouble(), 7 + random.nextDouble())
                            : point(10 * random.nextDouble(), 10 * random.nextDouble()));
        }

        HotspotFinder.Hotspot found = new HotspotFinder(0.2, 17).find(points).get(0);

        assertThat(found.minValues()[0]).isCloseTo(4, within(0.25));
        assertThat(found.minValues()[1]).isCloseTo(7, within(0.25));
        assertThat(found.maxValues()[0]).isCloseTo(5, within(0.25));
        assertThat(found.maxValues()[1]).isCloseTo(8, within(0.25));
        assertThat(found.density()).isGreaterThan(40);
    }

    private static double[] point(double x, double y) {
        return new double[] {x, y};
    }
}
