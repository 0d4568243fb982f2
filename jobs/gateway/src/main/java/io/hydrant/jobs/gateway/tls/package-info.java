/** The gateway's certificate and its key. */
package io.hydrant.jobs.gateway.tls;
