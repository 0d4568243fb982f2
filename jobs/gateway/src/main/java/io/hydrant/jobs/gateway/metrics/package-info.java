/** What the gateway counts, in the form that Prometheus reads. */
package io.hydrant.jobs.gateway.metrics;
