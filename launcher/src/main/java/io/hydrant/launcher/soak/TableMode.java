package io.hydrant.launcher.soak;

/**
 * What is soaked of the delivery to a table.
 *
 * @param staged whether records wait in the bucket first
 * @param byKey whether records replace and remove those of their cell
 * @param keptUp whether the table is compacted and its snapshots expire
 */
record TableMode(boolean staged, boolean byKey, boolean keptUp) {}
