/** What is measured of SQL: questions over sources, and functions. */
package io.hydrant.localstack.bench.sql;
