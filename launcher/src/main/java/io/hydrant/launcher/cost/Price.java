package io.hydrant.launcher.cost;

/**
 * A price.
 *
 * @param amount for one of the unit that its name ends in
 * @param source where it stands
 * @param isRead whether it was read there on the table's day; else it is to be checked
 */
record Price(double amount, String source, boolean isRead) {

    /** Validates the range. */
    Price {
        if (!(amount >= 0) || Double.isInfinite(amount)) {
            throw new IllegalArgumentException("A price must be a number from 0, but is " + amount);
        }
    }
}
