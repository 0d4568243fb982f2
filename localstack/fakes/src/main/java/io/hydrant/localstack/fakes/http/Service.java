package io.hydrant.localstack.fakes.http;

import java.io.IOException;

/** What a fake service does with a request that the server has taken in. */
public interface Service {

    /** Names the action asked for; faults and counts go by this name. */
    String action(Call call);

    /** Does it. Errors of the service are answers too; what is thrown becomes a 500. */
    Reply handle(String action, Call call) throws IOException;

    /** An error answer in the service's own form. */
    Reply error(Call call, int status, String code, String message);
}
