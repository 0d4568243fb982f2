package io.hydrant.localstack.fakes.http;

/** What a fake service does with requests over HTTP/2, whose answers may go on. */
public interface PushService {

    /** Names the action asked for; faults and counts go by this name. */
    String action(PushCall call);

    /** Does it, now or step by step. */
    void handle(String action, PushCall call);

    /** Answers with an error in the service's own form. */
    void error(PushCall call, int status, String code, String message);
}
