package io.hydrant.jobs.gateway.http;

import io.hydrant.jobs.gateway.api.RequestHead;
import io.hydrant.jobs.gateway.auth.Authenticator;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

import java.util.List;

/** The head of a request, without what the wire needs only. */
record NettyHead(String method, String uri, HttpHeaders headers) implements RequestHead {

    @Override
    public List<String> values(String header) {
        // Of HTTP/2, the codec makes the host of it, which is one and the same.
        return headers.getAll(
                header.equals(Authenticator.AUTHORITY) ? HttpHeaderNames.HOST : header);
    }
}
