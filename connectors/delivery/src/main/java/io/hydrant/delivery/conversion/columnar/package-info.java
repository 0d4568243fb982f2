/** Rows as columnar files, by the libraries of the formats' own projects. */
package io.hydrant.delivery.conversion.columnar;
