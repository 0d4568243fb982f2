/** Who sent a request: AWS Signature Version 4, checked against the keys that the gateway knows. */
package io.hydrant.jobs.gateway.auth;
