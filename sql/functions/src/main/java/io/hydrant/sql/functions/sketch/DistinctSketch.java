package io.hydrant.sql.functions.sketch;

import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;

/** A HyperLogLog sketch of the values that it has seen, in at most a few kilobytes. */
public final class DistinctSketch {

    /** 2 to the power of this are the registers: an error of 1.3 % at one standard deviation. */
    static final int LOG_REGISTERS = 12;

    private HllSketch sketch;

    /** A sketch of nothing. */
    public DistinctSketch() {
        this(new HllSketch(LOG_REGISTERS, TgtHllType.HLL_8));
    }

    private DistinctSketch(HllSketch sketch) {
        this.sketch = sketch;
    }

    /** Adds a value; texts, numbers and bytes of equal content are one. */
    public void add(Object value) {
        if (value instanceof Double || value instanceof Float) {
            sketch.update(((Number) value).doubleValue());
        } else if (value instanceof Number number && !(value instanceof java.math.BigDecimal)) {
            sketch.update(number.longValue());
        } else if (value instanceof byte[] bytes) {
            sketch.update(java.util.Base64.getEncoder().encodeToString(bytes) + "=");
        } else {
            // A sketch takes no empty text, which is a value like any other.
            sketch.update("=" + value);
        }
    }

    void add(DistinctSketch other) {
        Union union = new Union(LOG_REGISTERS);
        union.update(sketch);
        union.update(other.sketch);
        sketch = union.getResult(TgtHllType.HLL_8);
    }

    /** About how many different values were added. */
    public long estimate() {
        return Math.round(sketch.getEstimate());
    }

    byte[] toBytes() {
        return sketch.toUpdatableByteArray();
    }

    static DistinctSketch fromBytes(byte[] bytes) {
        return new DistinctSketch(HllSketch.heapify(bytes));
    }
}
