package io.hydrant.sql.functions.anomaly;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Finds dense regions among points, as DBSCAN does: a point with enough points within the radius
 * (itself counted) is the core of a region, cores within the radius of each other are in one, and
 * so is every point within the radius of a core.
 *
 * <p>Source: SQL reference, HOTSPOTS, which likens its radius to DBSCAN's. The density is the
 * number of points of a region divided by the size of the box around them; where the box has no
 * extent in a column, the radius stands for it, of which the page says nothing.
 */
final class HotspotFinder {

    private static final int NONE = -1;

    private final double radius;
    private final int fewest;

    /**
     * A finder.
     *
     * @throws IllegalArgumentException where the radius is not greater than zero; the planner
     *     cannot say so, for it casts the number and has no literal then
     */
    HotspotFinder(double radius, int fewest) {
        if (!(radius > 0) || Double.isInfinite(radius)) {
            throw new IllegalArgumentException(
                    "The argument scanRadius of HOTSPOTS must be greater than zero, but is "
                            + radius);
        }
        this.radius = radius;
        this.fewest = fewest;
    }

    /** The regions, the densest first. */
    List<Hotspot> find(Collection<double[]> window) {
        double[][] points = window.toArray(double[][]::new);
        int[][] neighbours = neighbours(points);
        int[] region = new int[points.length];
        Arrays.fill(region, NONE);
        List<Hotspot> found = new ArrayList<>();
        for (int i = 0; i < points.length; i++) {
            if (region[i] == NONE && neighbours[i].length >= fewest) {
                found.add(grow(i, found.size(), points, neighbours, region));
            }
        }
        found.sort(Comparator.comparingDouble(Hotspot::density).reversed());
        return found;
    }

    private Hotspot grow(
            int first, int number, double[][] points, int[][] neighbours, int[] region) {
        double[] least = points[first].clone();
        double[] most = points[first].clone();
        int count = 0;
        ArrayDeque<Integer> open = new ArrayDeque<>();
        open.add(first);
        region[first] = number;
        while (!open.isEmpty()) {
            int point = open.remove();
            count++;
            for (int column = 0; column < least.length; column++) {
                least[column] = Math.min(least[column], points[point][column]);
                most[column] = Math.max(most[column], points[point][column]);
            }
            if (neighbours[point].length >= fewest) {
                for (int neighbour : neighbours[point]) {
                    if (region[neighbour] == NONE) {
                        region[neighbour] = number;
                        open.add(neighbour);
                    }
                }
            }
        }
        return new Hotspot(count / size(least, most), least, most);
    }

    private double size(double[] least, double[] most) {
        double size = 1;
        for (int column = 0; column < least.length; column++) {
            double extent = most[column] - least[column];
            size *= extent > 0 ? extent : radius;
        }
        return size;
    }

    private int[][] neighbours(double[][] points) {
        int[][] neighbours = new int[points.length][];
        int[] found = new int[points.length];
        double limit = radius * radius;
        for (int i = 0; i < points.length; i++) {
            int count = 0;
            for (int j = 0; j < points.length; j++) {
                if (squaredDistance(points[i], points[j], limit) <= limit) {
                    found[count++] = j;
                }
            }
            neighbours[i] = Arrays.copyOf(found, count);
        }
        return neighbours;
    }

    private static double squaredDistance(double[] one, double[] other, double limit) {
        double sum = 0;
        for (int column = 0; column < one.length && sum <= limit; column++) {
            double distance = one[column] - other[column];
            sum += distance * distance;
        }
        return sum;
    }

    /** A region: its density, and the box around its points. */
    record Hotspot(double density, double[] minValues, double[] maxValues) {}
}
