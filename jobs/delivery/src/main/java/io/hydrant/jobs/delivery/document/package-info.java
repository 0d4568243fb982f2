/**
 * The configuration document: Firehose's own JSON, read strictly and reported on in one go. Knows
 * what Firehose allows, and what of it Hydrant has built; knows nothing of Flink.
 */
package io.hydrant.jobs.delivery.document;
