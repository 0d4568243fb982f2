/**
 * Tables of Iceberg behind objects that wait in S3, so that what blocks them blocks nobody else.
 */
package io.hydrant.jobs.delivery.staged;
