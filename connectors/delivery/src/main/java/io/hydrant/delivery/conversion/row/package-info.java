/** Rows as bytes, between the JSON that they come as and the file that they go into. */
package io.hydrant.delivery.conversion.row;
