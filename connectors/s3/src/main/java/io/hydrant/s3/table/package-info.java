/**
 * The table connector {@code 'connector' = 'hydrant-s3'}: {@link
 * io.hydrant.s3.table.S3TableFactory} makes tables of SQL whose rows become objects in S3 by {@link
 * io.hydrant.s3.sink.S3Sink}.
 */
package io.hydrant.s3.table;
