package io.hydrant.localstack.fakes.redshift;

import io.hydrant.localstack.fakes.http.Call;
import io.hydrant.localstack.fakes.http.Reply;
import io.hydrant.localstack.fakes.http.Service;
import io.hydrant.localstack.fakes.redshift.StatementRun.Part;
import io.hydrant.localstack.fakes.redshift.StatementRun.Status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The actions of the Data API, and those that give temporary credentials. */
final class DataApiService implements Service {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int MOST_STATEMENTS = 40;
    private static final int LONGEST_STATEMENT = 100_000;
    private static final int LONGEST_TOKEN = 64;
    private static final int PAGE = 100;
    private static final int USUAL_SECONDS = 900;

    private static final String DATA = "RedshiftData.";
    private static final String SERVERLESS = "RedshiftServerless.";

    private static final Set<String> OF_STATEMENTS =
            Set.of(
                    "ClientToken",
                    "ClusterIdentifier",
                    "Database",
                    "DbUser",
                    "SecretArn",
                    "Sql",
                    "Sqls",
                    "StatementName",
                    "WithEvent",
                    "WorkgroupName");

    private final StatementRuns runs;
    private final TemporaryLogins logins;

    DataApiService(StatementRuns runs, TemporaryLogins logins) {
        this.runs = runs;
        this.logins = logins;
    }

    /** What is wrong with a request. */
    private static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final String code;

        Refused(String code, String message) {
            super(message);
            this.code = code;
        }
    }

    @Override
    public String action(Call call) {
        String target = call.header("X-Amz-Target");
        if (target == null) {
            return "Query";
        }
        return target.substring(target.indexOf('.') + 1);
    }

    @Override
    public Reply handle(String action, Call call) throws IOException {
        String target = call.header("X-Amz-Target");
        String body = new String(call.body().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (target == null) {
                requireSigned(call, "redshift");
                return query(form(body));
            }
            if (target.startsWith(SERVERLESS)) {
                requireSigned(call, "redshift-serverless");
                return json(credentials(action, JSON.readTree(body)));
            }
            if (!target.startsWith(DATA)) {
                throw new Refused("UnknownOperationException", target);
            }
            requireSigned(call, "redshift-data");
            return json(data(action, JSON.readTree(body)));
        } catch (Refused e) {
            return error(call, 400, e.code, e.getMessage());
        }
    }

    private static void requireSigned(Call call, String service) throws Refused {
        String authorization = call.header("Authorization");
        if (authorization == null || !authorization.contains('/' + service + "/aws4_request")) {
            throw new Refused("InvalidSignatureException", "not signed for " + service);
        }
    }

    private ObjectNode data(String action, JsonNode request) throws Refused {
        return switch (action) {
            case "ExecuteStatement" -> {
                requireFields(request, OF_STATEMENTS);
                yield submitted(request, List.of(text(request, "Sql")));
            }
            case "BatchExecuteStatement" -> {
                requireFields(request, OF_STATEMENTS);
                List<String> statements = new ArrayList<>();
                request.path("Sqls").forEach(sql -> statements.add(sql.asText()));
                yield submitted(request, statements);
            }
            case "DescribeStatement" -> {
                requireFields(request, Set.of("Id"));
                yield described(run(text(request, "Id")));
            }
            case "GetStatementResult" -> {
                requireFields(request, Set.of("Id", "NextToken"));
                yield result(text(request, "Id"), request.path("NextToken").asInt(0));
            }
            case "CancelStatement" -> {
                requireFields(request, Set.of("Id"));
                run(text(request, "Id")).move(Status.ABORTED, "Query cancelled on user's request");
                yield JSON.createObjectNode().put("Status", true);
            }
            default -> throw new Refused("UnknownOperationException", action);
        };
    }

    private ObjectNode submitted(JsonNode request, List<String> statements) throws Refused {
        requireWarehouse(request);
        if (statements.isEmpty() || statements.size() > MOST_STATEMENTS) {
            throw invalid("Sqls has " + statements.size() + " statements, 1 to 40 are allowed");
        }
        for (String sql : statements) {
            if (sql.getBytes(StandardCharsets.UTF_8).length > LONGEST_STATEMENT) {
                throw invalid("Cannot process query string larger than 100kB");
            }
        }
        String token = request.path("ClientToken").textValue();
        if (token != null && (token.isEmpty() || token.length() > LONGEST_TOKEN)) {
            throw invalid("ClientToken must have 1 to 64 characters");
        }
        return JSON.createObjectNode().put("Id", runs.submit(token, statements).id());
    }

    private static void requireWarehouse(JsonNode request) throws Refused {
        String cluster = request.path("ClusterIdentifier").textValue();
        String workgroup = request.path("WorkgroupName").textValue();
        if ((cluster == null) == (workgroup == null)) {
            throw invalid("Either ClusterIdentifier or WorkgroupName is needed");
        }
        boolean isKnown =
                cluster == null
                        ? workgroup.equals(FakeDataApi.WORKGROUP)
                        : cluster.equals(FakeDataApi.CLUSTER);
        if (!isKnown) {
            throw invalid("Redshift endpoint doesn't exist in this region.");
        }
        if (!FakeRedshift.DATABASE.equals(text(request, "Database"))) {
            throw invalid("database does not exist: " + request.path("Database").asText());
        }
        String secret = request.path("SecretArn").textValue();
        String user = request.path("DbUser").textValue();
        if (user != null && (secret != null || workgroup != null)) {
            throw invalid("DbUser goes with a cluster and without a secret");
        }
        if (secret != null && !secret.equals(FakeDataApi.SECRET_ARN)) {
            throw new Refused("AccessDeniedException", "no such secret");
        }
    }

    private ObjectNode described(StatementRun run) {
        ObjectNode answer = JSON.createObjectNode();
        answer.put("Id", run.id());
        answer.put("Status", run.status().name());
        if (run.error() != null) {
            answer.put("Error", run.error());
        }
        List<Part> parts = run.parts();
        boolean hasResult = run.status() == Status.FINISHED && parts.get(0).rows() != null;
        answer.put("HasResultSet", hasResult);
        if (run.statements().size() > 1) {
            ArrayNode subs = answer.putArray("SubStatements");
            for (int i = 0; i < run.statements().size(); i++) {
                Part part = i < parts.size() ? parts.get(i) : null;
                ObjectNode sub = subs.addObject();
                sub.put("Id", run.id() + ':' + (i + 1));
                sub.put("Status", part == null ? "SUBMITTED" : part.status().name());
                sub.put("HasResultSet", part != null && part.rows() != null);
                if (part != null && part.error() != null) {
                    sub.put("Error", part.error());
                }
            }
        }
        return answer;
    }

    private ObjectNode result(String id, int from) throws Refused {
        StatementRun run = run(id);
        int colon = id.indexOf(':');
        int part = colon < 0 ? 0 : Integer.parseInt(id.substring(colon + 1)) - 1;
        if (run.status() != Status.FINISHED || run.parts().get(part).rows() == null) {
            throw new Refused("ResourceNotFoundException", "Query does not have result: " + id);
        }
        List<String[]> rows = run.parts().get(part).rows();
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode records = answer.putArray("Records");
        int to = Math.min(rows.size(), from + PAGE);
        for (String[] row : rows.subList(from, to)) {
            ArrayNode record = records.addArray();
            for (String value : row) {
                ObjectNode field = record.addObject();
                if (value == null) {
                    field.put("isNull", true);
                } else if (value.matches("-?[0-9]{1,18}")) {
                    field.put("longValue", Long.parseLong(value));
                } else {
                    field.put("stringValue", value);
                }
            }
        }
        answer.put("TotalNumRows", rows.size());
        if (to < rows.size()) {
            answer.put("NextToken", Integer.toString(to));
        }
        return answer;
    }

    private StatementRun run(String id) throws Refused {
        StatementRun run = runs.find(id.split(":", 2)[0]);
        if (run == null) {
            throw new Refused("ResourceNotFoundException", "Query does not exist: " + id);
        }
        return run;
    }

    private ObjectNode credentials(String action, JsonNode request) throws Refused {
        if (!action.equals("GetCredentials")) {
            throw new Refused("UnknownOperationException", action);
        }
        requireFields(request, Set.of("workgroupName", "dbName", "durationSeconds"));
        if (!FakeDataApi.WORKGROUP.equals(text(request, "workgroupName"))) {
            throw new Refused("ResourceNotFoundException", "no such workgroup");
        }
        TemporaryLogins.Login login =
                logins.give("IAMR:loader", request.path("durationSeconds").asInt(USUAL_SECONDS));
        ObjectNode answer = JSON.createObjectNode();
        answer.put("dbUser", login.user());
        answer.put("dbPassword", login.password());
        answer.put("expiration", login.until().toEpochMilli() / 1000.0);
        return answer;
    }

    private Reply query(Map<String, String> form) throws Refused {
        String action = form.getOrDefault("Action", "");
        boolean isWithIam = action.equals("GetClusterCredentialsWithIAM");
        if (!isWithIam && !action.equals("GetClusterCredentials")) {
            throw new Refused("InvalidAction", action);
        }
        if (!"2012-12-01".equals(form.get("Version"))) {
            throw new Refused("NoSuchVersion", String.valueOf(form.get("Version")));
        }
        if (!FakeDataApi.CLUSTER.equals(form.get("ClusterIdentifier"))) {
            throw new Refused("ClusterNotFound", "Cluster not found");
        }
        if (isWithIam == form.containsKey("DbUser")) {
            throw new Refused("InvalidParameterCombination", "DbUser");
        }
        TemporaryLogins.Login login =
                logins.give(
                        isWithIam ? "IAMR:loader" : "IAM:" + form.get("DbUser"),
                        Integer.parseInt(
                                form.getOrDefault(
                                        "DurationSeconds", Integer.toString(USUAL_SECONDS))));
        String xml =
                "<"
                        + action
                        + "Response xmlns=\"http://redshift.amazonaws.com/doc/2012-12-01/\"><"
                        + action
                        + "Result><DbUser>"
                        + escaped(login.user())
                        + "</DbUser><DbPassword>"
                        + escaped(login.password())
                        + "</DbPassword><Expiration>"
                        + login.until()
                        + "</Expiration></"
                        + action
                        + "Result></"
                        + action
                        + "Response>";
        return new Reply(200)
                .header("Content-Type", "text/xml")
                .body(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            String[] both = pair.split("=", 2);
            form.put(
                    URLDecoder.decode(both[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(both.length > 1 ? both[1] : "", StandardCharsets.UTF_8));
        }
        return form;
    }

    private static void requireFields(JsonNode request, Set<String> known) throws Refused {
        for (Iterator<String> names = request.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw invalid("the double does not know the parameter " + name);
            }
        }
    }

    private static String text(JsonNode request, String name) throws Refused {
        String value = request.path(name).textValue();
        if (value == null) {
            throw invalid(name + " is missing");
        }
        return value;
    }

    private static Refused invalid(String message) {
        return new Refused("ValidationException", message);
    }

    private static Reply json(ObjectNode answer) {
        return new Reply(200)
                .header("Content-Type", "application/x-amz-json-1.1")
                .body(answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Reply error(Call call, int status, String code, String message) {
        if (call.header("X-Amz-Target") == null) {
            String xml =
                    "<ErrorResponse><Error><Code>"
                            + code
                            + "</Code><Message>"
                            + escaped(message)
                            + "</Message></Error></ErrorResponse>";
            return new Reply(status)
                    .header("Content-Type", "text/xml")
                    .body(xml.getBytes(StandardCharsets.UTF_8));
        }
        ObjectNode error = JSON.createObjectNode();
        error.put("__type", code);
        error.put("message", message);
        return new Reply(status)
                .header("Content-Type", "application/x-amz-json-1.1")
                .body(error.toString().getBytes(StandardCharsets.UTF_8));
    }
}
