package io.hydrant.jobs.gateway.http;

/** What each connection is told when the gateway ends. */
enum Shutdown {
    /** Take nothing more; answer what is under way, and end. */
    GRACEFUL
}
