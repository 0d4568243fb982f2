/** What everything has in common that reads JSON from its bytes. */
package io.hydrant.delivery.json;
