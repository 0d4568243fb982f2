/** What destinations have to do so that records out of error objects go through again, once. */
package io.hydrant.delivery.redrive;
