/** Iceberg's REST catalog as a process that tests can order about. */
package io.hydrant.iceberg.local;
