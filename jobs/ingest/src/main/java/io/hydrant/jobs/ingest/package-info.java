/**
 * The job that sends what is written to files, what other streams have, and what arrives in
 * buckets.
 */
package io.hydrant.jobs.ingest;
