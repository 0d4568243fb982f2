/** Plain HTTP: records from those who speak no protocol of AWS, such as webhooks and curl. */
package io.hydrant.jobs.gateway.plain;
