package io.hydrant.jobs.gateway.plain;

import io.hydrant.jobs.gateway.api.Answer;
import io.hydrant.jobs.gateway.api.RequestHead;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells browsers which pages may send records and see the answers; without it they send none that
 * has a key or JSON in it. Pages of no other origin can do more than those who are no browser.
 *
 * <p>Source: WHATWG, "Fetch", 3.3 (CORS protocol).
 */
public final class CrossOrigin {

    private static final String ANY = "*";

    private final Set<String> origins;

    /** Pages of these origins, such as {@code https://shop.example}; {@code *} for all. */
    public CrossOrigin(List<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /** Whether a request asks for leave to send another one, and has it. */
    public boolean isPreflight(RequestHead head) {
        return head.method().equals("OPTIONS")
                && head.first("Access-Control-Request-Method") != null
                && isAllowed(head);
    }

    /** The answer to that. */
    public Answer preflight(RequestHead head) {
        return show(
                new Answer(
                        200,
                        Answer.OK,
                        Map.of(
                                "Access-Control-Allow-Methods",
                                "POST",
                                "Access-Control-Allow-Headers",
                                "Authorization, Content-Type, Content-Encoding",
                                "Access-Control-Max-Age",
                                "600"),
                        new byte[0]),
                head);
    }

    /** An answer that the page may see, where it may. */
    public Answer show(Answer answer, RequestHead head) {
        if (!isAllowed(head)) {
            return answer;
        }
        Map<String, String> headers = new HashMap<>(answer.headers());
        headers.put("Access-Control-Allow-Origin", head.first("Origin"));
        headers.put("Access-Control-Expose-Headers", Answer.RETRY_AFTER);
        headers.put("Vary", "Origin");
        return new Answer(answer.status(), answer.code(), headers, answer.body());
    }

    private boolean isAllowed(RequestHead head) {
        String origin = head.first("Origin");
        return origin != null && (origins.contains(ANY) || origins.contains(origin));
    }
}
