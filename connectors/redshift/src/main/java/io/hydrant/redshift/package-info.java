/**
 * Loads records into Amazon Redshift, exactly once: staged by connectors/s3, loaded by COPY within
 * a transaction that also notes in the warehouse what it loaded.
 */
package io.hydrant.redshift;
