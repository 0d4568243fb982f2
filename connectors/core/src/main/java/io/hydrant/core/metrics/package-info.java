/** How metrics are named that Firehose has, too. */
package io.hydrant.core.metrics;
