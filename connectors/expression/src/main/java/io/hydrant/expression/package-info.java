/** A SELECT as the transform of records: one row of SQL in, one record out or none. */
package io.hydrant.expression;
