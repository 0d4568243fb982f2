/** What every API of the gateway has in common: requests, answers, errors. */
package io.hydrant.jobs.gateway.api;
