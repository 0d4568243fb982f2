/** The stacks: stream, delivery, analytics and warehouse. */
package io.hydrant.infra.stack;
