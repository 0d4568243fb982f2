package io.hydrant.launcher.cost;

import java.util.List;

/**
 * One line of a bill for a month.
 *
 * @param meter what is counted
 * @param amount how much of it
 * @param price name of the price for one
 * @param cost what that makes
 */
record CostLine(String meter, double amount, String price, double cost) {

    static CostLine of(String meter, double amount, String price, PriceTable prices) {
        return new CostLine(meter, amount, price, amount * prices.of(price));
    }

    static double total(List<CostLine> lines) {
        return lines.stream().mapToDouble(CostLine::cost).sum();
    }
}
