package io.hydrant.sql.functions.aggregate;

import org.apache.flink.table.api.dataview.MapView;

/** The values of a window in the order in which they came, and which of them is wanted. */
public final class Window {

    /** The number of the oldest value. */
    public long head;

    /** The number of the next value. */
    public long tail;

    /** How many places from the end the wanted value stands, from 0. */
    public long place;

    /** Whether that end is the newest value. */
    public boolean fromLast;

    /** Whether null values have no place. */
    public boolean ignoreNulls;

    /** What is given where no value stands in that place. */
    public Object ifNone;

    /** The values by number; null ones are not in it. */
    public MapView<Long, Object> byNumber = new MapView<>();

    void add(Object value) throws Exception {
        if (value != null) {
            byNumber.put(tail, value);
        }
        tail++;
    }

    void removeOldest() throws Exception {
        byNumber.remove(head);
        head++;
    }

    /** The value that is wanted. */
    Object wanted() throws Exception {
        return fromLast ? back(tail - 1, place) : forth();
    }

    /** The value so many places before the newest one, which has a place even if it is null. */
    Object before() throws Exception {
        return place == 0 ? byNumber.get(tail - 1) : back(tail - 2, place - 1);
    }

    private Object forth() throws Exception {
        if (!ignoreNulls) {
            return head + place < tail ? byNumber.get(head + place) : ifNone;
        }
        long left = place;
        for (long number = head; number < tail; number++) {
            Object value = byNumber.get(number);
            if (value != null && left-- == 0) {
                return value;
            }
        }
        return ifNone;
    }

    private Object back(long from, long places) throws Exception {
        if (!ignoreNulls) {
            return from - places >= head ? byNumber.get(from - places) : ifNone;
        }
        long left = places;
        for (long number = from; number >= head; number--) {
            Object value = byNumber.get(number);
            if (value != null && left-- == 0) {
                return value;
            }
        }
        return ifNone;
    }
}
