/** The columns of a table, in Hive's types, and how they are read. */
package io.hydrant.delivery.conversion.schema;
