/** Fits the shards of a provisioned stream to its traffic: {@code ./hydrant autoscale}. */
package io.hydrant.launcher.autoscale;
