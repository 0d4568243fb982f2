/** Which delivery streams the gateway serves, as its configuration says. */
package io.hydrant.jobs.gateway.document;
