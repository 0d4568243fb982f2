package io.hydrant.sql.kda.application;

import io.hydrant.core.text.ByteOrderMark;
import io.hydrant.template.YamlText;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the documents that describe an application: AWS' {@code application.json} and the {@code
 * schema.json} of a test.
 *
 * <p>Reading is strict: a field that means nothing here is refused, because an application that
 * silently leaves out half of what was asked for is worse than one that does not start. All
 * problems are reported at once, each with path, value and rule.
 */
public final class ApplicationDocument {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /** What AWS has not. */
    private static final String HYDRANT = "Hydrant";

    /** The longest text that the service takes as code. */
    private static final int MAX_CODE = 102_400;

    private ApplicationDocument() {}

    /**
     * Reads what CreateApplication takes or DescribeApplication answers, of kinesisanalytics or of
     * kinesisanalyticsv2 with runtime SQL-1_0; beside it, as {@code Hydrant}, an object with
     * options by their keys, and {@code Resources}, which says what is to be read or written in
     * place of what: ARNs by ARNs. Or a template of CloudFormation with one such application.
     *
     * @param name what to call the document in messages, such as its file name; where it ends with
     *     .yaml, .yml or .template it may be YAML
     * @throws InvalidApplicationException with everything that is wrong with it
     */
    public static KdaApplication readApplication(String name, String json) {
        List<String> problems = new ArrayList<>();
        ObjectNode document = json(name, json);
        if (StackTemplate.is(document)) {
            document = StackTemplate.application(document, problems);
            throwIfAny(name, problems);
        }
        Fields root = new Fields("", document, problems);
        Fields application = root;
        Fields ours = root.object(HYDRANT);
        if (root.has("ApplicationDetail")) {
            application = root.object("ApplicationDetail");
            // What boto3 puts beside an answer.
            root.passOver("ResponseMetadata");
            root.done();
        }
        KdaApplication read = application == null ? null : application(application, ours, problems);
        throwIfAny(name, problems);
        return read;
    }

    /**
     * Reads the schema of a test: {@code NamePrefix} and {@code InputSchema} of one input, {@code
     * ReferenceDataSources} whose {@code File} is relative to the document, and {@code Outputs}.
     *
     * @param name what to call the document in messages, such as its file name
     * @throws InvalidApplicationException with everything that is wrong with it
     */
    public static KdaApplication readSchema(String name, String json) {
        List<String> problems = new ArrayList<>();
        Fields root = new Fields("", json(name, json), problems);
        ConnectionReader connections = new ConnectionReader(Replacements.NONE);
        connections.input(root, false);
        connections.referencesAndOutputs(root, false);
        root.done();
        throwIfAny(name, problems);
        return new KdaApplication(
                null,
                null,
                null,
                connections.inputs(),
                connections.references(),
                connections.outputs(),
                Map.of());
    }

    private static KdaApplication application(Fields fields, Fields ours, List<String> problems) {
        Replacements replacements = Replacements.read(ours);
        Map<String, String> options = ours == null ? Map.of() : ours.otherTexts();
        String name =
                fields.shaped(
                        "ApplicationName",
                        "[a-zA-Z0-9_.-]{1,128}",
                        "1 to 128 of a-z A-Z 0-9 _ . -");
        if (!fields.has("ApplicationName")) {
            fields.problem("ApplicationName", "is missing");
        }
        ConnectionReader connections = new ConnectionReader(replacements);
        String arn = fields.text("ApplicationARN", 1, 2048);
        String code = fields.text("ApplicationCode", 0, MAX_CODE);
        String configuration =
                fields.either("ApplicationConfiguration", "ApplicationConfigurationDescription");
        Fields second = fields.object(configuration);
        if (second == null) {
            connections.readLists(fields);
        } else {
            code = secondVersion(second, connections);
        }
        String runtime = fields.text("RuntimeEnvironment", 1, 64);
        if (runtime != null && !runtime.equals("SQL-1_0")) {
            fields.problem(
                    "RuntimeEnvironment",
                    "\"" + runtime + "\" is not SQL; such an application is a Flink job already");
        }
        fields.passOver(
                "ApplicationDescription",
                "ApplicationMode",
                "ApplicationStatus",
                "ApplicationVersionId",
                "ApplicationVersionUpdatedFrom",
                "ApplicationVersionRolledBackFrom",
                "ApplicationVersionRolledBackTo",
                "ApplicationVersionCreateTimestamp",
                "ApplicationMaintenanceConfiguration",
                "ApplicationMaintenanceConfigurationDescription",
                "RunConfiguration",
                "ConditionalToken",
                "CreateTimestamp",
                "LastUpdateTimestamp",
                "CloudWatchLoggingOptions",
                "CloudWatchLoggingOptionDescriptions",
                "ServiceExecutionRole",
                "Tags");
        fields.done();
        replacements.done();
        if (problems.isEmpty() && connections.inputs().isEmpty()) {
            problems.add("Inputs: is missing; an application reads one stream");
        }
        return new KdaApplication(
                name,
                arn,
                code,
                connections.inputs(),
                connections.references(),
                connections.outputs(),
                options);
    }

    /** Reads the configuration of kinesisanalyticsv2; answers the code in it, or null. */
    private static String secondVersion(Fields fields, ConnectionReader connections) {
        Fields sql =
                fields.object(
                        fields.either(
                                "SqlApplicationConfiguration",
                                "SqlApplicationConfigurationDescription"));
        if (sql != null) {
            connections.readLists(sql);
            sql.done();
        }
        String code = null;
        Fields coded =
                fields.object(
                        fields.either(
                                "ApplicationCodeConfiguration",
                                "ApplicationCodeConfigurationDescription"));
        if (coded != null) {
            coded.choice("CodeContentType", "PLAINTEXT");
            Fields content = coded.object(coded.either("CodeContent", "CodeContentDescription"));
            if (content != null) {
                code = content.text("TextContent", 0, MAX_CODE);
                content.passOver("CodeMD5", "CodeSize");
                content.done();
            }
            coded.done();
        }
        fields.passOver(
                "ApplicationSnapshotConfiguration",
                "ApplicationSnapshotConfigurationDescription",
                "ApplicationSystemRollbackConfiguration",
                "ApplicationSystemRollbackConfigurationDescription",
                "RunConfigurationDescription",
                "VpcConfigurations",
                "VpcConfigurationDescriptions");
        fields.done();
        return code;
    }

    private static ObjectNode json(String name, String text) {
        String problem;
        String content = ByteOrderMark.skip(text);
        boolean isYaml = YamlText.is(name, content);
        try {
            JsonNode node = isYaml ? YamlText.read(content) : MAPPER.readTree(content);
            if (node instanceof ObjectNode object) {
                return object;
            }
            problem =
                    isYaml
                            ? "is not an object of YAML; its lines are Field: value"
                            : "is not a JSON object; it must begin with {";
        } catch (IllegalArgumentException e) {
            problem = e.getMessage();
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            problem =
                    "is not JSON"
                            + (at == null
                                    ? ""
                                    : " at line " + at.getLineNr() + ", column " + at.getColumnNr())
                            + ": "
                            + e.getOriginalMessage();
        }
        throw new InvalidApplicationException(name, List.of(problem));
    }

    private static void throwIfAny(String name, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidApplicationException(name, problems);
        }
    }
}
