package io.hydrant.kinesis.stream;

import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;

/** A server that gives every request the same answer. */
final class CannedHttp implements SdkHttpClient {

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private boolean readToTheEnd;
    private boolean closed;

    CannedHttp(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    boolean readToTheEnd() {
        return readToTheEnd;
    }

    boolean bodyClosed() {
        return closed;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() {
                SdkHttpResponse.Builder response = SdkHttpResponse.builder().statusCode(status);
                headers.forEach(response::putHeader);
                return HttpExecuteResponse.builder()
                        .response(response.build())
                        .responseBody(AbortableInputStream.create(new Body()))
                        .build();
            }

            @Override
            public void abort() {}
        };
    }

    @Override
    public void close() {}

    /** Gives few bytes at a time, as a network does. */
    private final class Body extends ByteArrayInputStream {

        Body() {
            super(body);
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            int got = super.read(into, offset, Math.min(length, 1000));
            readToTheEnd |= got < 0;
            return got;
        }

        @Override
        public void close() throws IOException {
            super.close();
            closed = true;
        }
    }
}
