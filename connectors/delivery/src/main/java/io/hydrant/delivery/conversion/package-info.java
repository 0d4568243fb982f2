/** Conversion of records from JSON to rows, and of rows to columnar files. */
package io.hydrant.delivery.conversion;
