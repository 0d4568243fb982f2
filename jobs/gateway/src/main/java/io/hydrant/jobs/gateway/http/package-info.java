/** The wire: connections, requests that come whole and in time, answers. */
package io.hydrant.jobs.gateway.http;
