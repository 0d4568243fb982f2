/** Writes rows to data files and commits the files to tables, each once. */
package io.hydrant.iceberg.sink;
