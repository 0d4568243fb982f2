/** What traffic costs, on Firehose and here: {@code ./hydrant cost}. */
package io.hydrant.launcher.cost;
