/**
 * A double of Amazon Redshift for tests: PostgreSQL behind Redshift's wire protocol, with COPY from
 * S3, error tables and faults on demand. Knows no module of ours.
 */
package io.hydrant.localstack.fakes.redshift;
