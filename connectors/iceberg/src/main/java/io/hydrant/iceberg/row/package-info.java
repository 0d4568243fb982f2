/** Makes rows of JSON, by the schema of a table, and says how a schema would have to change. */
package io.hydrant.iceberg.row;
