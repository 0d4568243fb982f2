/** JSON as rows, by the rules of Firehose's two deserializers. */
package io.hydrant.delivery.conversion.json;
