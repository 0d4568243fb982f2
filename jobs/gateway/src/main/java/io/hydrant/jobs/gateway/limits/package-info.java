/** How much a client may put. */
package io.hydrant.jobs.gateway.limits;
