package io.hydrant.jobs.ingest.agent;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsOptions;
import io.hydrant.core.aws.CredentialsProviderKind;
import io.hydrant.core.options.OptionCatalog;
import io.hydrant.jobs.ingest.IngestOptions;
import io.hydrant.kinesis.sink.KinesisSinkOptions;
import io.hydrant.kinesis.source.EndPosition;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.KinesisSourceOptions;
import io.hydrant.kinesis.stream.StreamArn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.configuration.Configuration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration file of Kinesis Agent, unchanged, and a {@code Hydrant} object for what that
 * has not; beside its flows from files, flows from streams and from objects that arrive.
 *
 * <p>Read strictly: the agent passes over fields that it does not know, so that a slip of the pen
 * shows when data is missing; here they are refused, unless {@code ingest.unknown-fields} says
 * otherwise. Comments are allowed, as the agent allows them. No message holds a secret.
 *
 * @param flows the agent's flows, from files
 * @param streamFlows flows from streams
 * @param queueFlows flows from objects that arrive
 * @param options {@code aws.*}, {@code source.*}, {@code sink.*} and {@code ingest.*}, from the
 *     fields of the agent and from the {@code Hydrant} object, which goes first
 * @param notices fields that are right but have no effect here
 */
public record AgentDocument(
        List<AgentFlow> flows,
        List<StreamFlow> streamFlows,
        List<QueueFlow> queueFlows,
        Configuration options,
        List<String> notices) {

    /** The options that the {@code Hydrant} object may have. */
    public static final OptionCatalog CATALOG =
            OptionCatalog.of(
                    IngestOptions.class,
                    KinesisSourceOptions.class,
                    KinesisSinkOptions.class,
                    AwsOptions.class);

    private static final OptionCatalog SOURCE_OPTIONS =
            OptionCatalog.of(KinesisSourceOptions.class);

    static final String HYDRANT = "Hydrant";
    private static final String FIREHOSE_ENDPOINT = "firehose.endpoint";

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private static final Pattern REGIONAL =
            Pattern.compile("https?://[^/]*?\\.([a-z]{2}(?:-[a-z]+)+-\\d)\\.[^/]*");

    /** Copies the lists. */
    public AgentDocument {
        flows = List.copyOf(flows);
        streamFlows = List.copyOf(streamFlows);
        queueFlows = List.copyOf(queueFlows);
        notices = List.copyOf(notices);
    }

    /**
     * Reads a file's text.
     *
     * @param name what to call it in messages
     * @param overrides options that go before those of the {@code Hydrant} object
     * @throws AgentConfigurationException with everything that is wrong
     */
    public static AgentDocument parse(String name, String text, Map<String, String> overrides) {
        ObjectNode root = root(name, text);
        List<String> problems = new ArrayList<>();
        List<String> notices = new ArrayList<>();
        List<String> strangers = new ArrayList<>();
        AgentFields fields = new AgentFields("", root, problems, notices, strangers);
        Configuration options = new Configuration();
        readConnection(fields, options);
        readHydrant(fields, options, problems);
        overrides.forEach((key, value) -> give("--set", key, value, options, problems));
        passOver(fields);
        List<AgentFlow> flows = new ArrayList<>();
        List<StreamFlow> streamFlows = new ArrayList<>();
        List<QueueFlow> queueFlows = new ArrayList<>();
        readFlows(fields, options, flows, streamFlows, queueFlows);
        checkFirehose(fields, flows, options, notices);
        checkSources(flows, streamFlows, queueFlows, options, problems, notices);
        fields.done();
        if (options.get(IngestOptions.UNKNOWN_FIELDS) == IngestOptions.UnknownFields.REFUSE) {
            problems.addAll(strangers);
        } else {
            notices.addAll(strangers);
        }
        if (!problems.isEmpty()) {
            throw new AgentConfigurationException(name, problems);
        }
        return new AgentDocument(flows, streamFlows, queueFlows, options, notices);
    }

    /**
     * How Firehose is reached: as Kinesis is, but for the endpoint, and its region where the
     * endpoint names one.
     */
    public AwsClientConfig firehose() {
        return firehose(options);
    }

    /**
     * How a stream is reached: as the file says, unless that is an endpoint of AWS in another
     * region, or of Kinesis for the stream of a table.
     */
    public AwsClientConfig of(StreamArn stream) {
        Configuration own = new Configuration(options);
        own.set(AwsOptions.REGION, stream.region());
        String endpoint = options.get(AwsOptions.ENDPOINT);
        Matcher regional = REGIONAL.matcher(endpoint == null ? "" : endpoint);
        if (regional.matches()
                && (stream.isOfTable() || !regional.group(1).equals(stream.region()))) {
            own.removeConfig(AwsOptions.ENDPOINT);
        }
        return AwsClientConfig.from(own);
    }

    /** How queue and objects of a flow are reached: at an endpoint of AWS, those of their own. */
    public AwsClientConfig of(QueueFlow flow) {
        Configuration own = new Configuration(options);
        own.set(AwsOptions.REGION, flow.region());
        String endpoint = options.get(AwsOptions.ENDPOINT);
        if (endpoint != null && REGIONAL.matcher(endpoint).matches()) {
            own.removeConfig(AwsOptions.ENDPOINT);
        }
        return AwsClientConfig.from(own);
    }

    private static AwsClientConfig firehose(Configuration options) {
        Configuration own = new Configuration(options);
        own.removeConfig(AwsOptions.ENDPOINT);
        String endpoint = options.get(IngestOptions.FIREHOSE_ENDPOINT);
        if (endpoint != null) {
            own.set(AwsOptions.ENDPOINT, endpoint);
            Matcher regional = REGIONAL.matcher(endpoint);
            if (regional.matches()) {
                own.set(AwsOptions.REGION, regional.group(1));
            }
        }
        return AwsClientConfig.from(own);
    }

    private static void checkFirehose(
            AgentFields fields,
            List<AgentFlow> flows,
            Configuration options,
            List<String> notices) {
        if (flows.stream().noneMatch(flow -> flow.service() == AgentFlow.Service.FIREHOSE)) {
            if (fields.text(FIREHOSE_ENDPOINT) != null) {
                fields.withoutEffect("no flow here sends to Firehose", FIREHOSE_ENDPOINT);
            }
            return;
        }
        if (firehose(options).region() == null) {
            fields.refuse(
                    FIREHOSE_ENDPOINT,
                    "is missing or names no region, and no "
                            + AwsOptions.REGION.key()
                            + " is given; a flow to a deliveryStream needs one");
        }
        if (options.get(KinesisSinkOptions.PRODUCER_IDENTITY_ENABLED)) {
            notices.add(
                    HYDRANT
                            + "."
                            + KinesisSinkOptions.PRODUCER_IDENTITY_ENABLED.key()
                            + ": has no effect on flows to a deliveryStream; Firehose takes no stamps,"
                            + " and delivers twice what is put again");
        }
    }

    private static ObjectNode root(String name, String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new AgentConfigurationException(
                    name,
                    List.of(
                            "is not JSON"
                                    + (at == null
                                            ? ""
                                            : " at line "
                                                    + at.getLineNr()
                                                    + ", column "
                                                    + at.getColumnNr())));
        }
        throw new AgentConfigurationException(
                name, List.of("is not a JSON object; it must begin with {"));
    }

    private static void readConnection(AgentFields fields, Configuration options) {
        String endpoint = endpoint(fields.text("kinesis.endpoint"));
        if (endpoint != null) {
            options.set(AwsOptions.ENDPOINT, endpoint);
            Matcher regional = REGIONAL.matcher(endpoint);
            if (regional.matches()) {
                options.set(AwsOptions.REGION, regional.group(1));
            }
        }
        setIfGiven(
                options,
                IngestOptions.FIREHOSE_ENDPOINT.key(),
                endpoint(fields.text(FIREHOSE_ENDPOINT)));
        String region = fields.text("kinesis.region");
        if (region != null) {
            options.set(AwsOptions.REGION, region);
        }
        String keyId = fields.text("awsAccessKeyId");
        String secret = fields.text("awsSecretAccessKey");
        if ((keyId == null) != (secret == null)) {
            fields.refuse(
                    keyId == null ? "awsAccessKeyId" : "awsSecretAccessKey",
                    "is missing; give both or none of the two keys");
        } else if (keyId != null) {
            options.set(AwsOptions.CREDENTIALS_PROVIDER, CredentialsProviderKind.BASIC);
            options.set(AwsOptions.BASIC_ACCESS_KEY_ID, keyId);
            options.set(AwsOptions.BASIC_SECRET_KEY, secret);
        }
        String role = fields.text("assumeRoleARN");
        if (role != null) {
            options.set(AwsOptions.CREDENTIALS_PROVIDER, CredentialsProviderKind.ASSUME_ROLE);
            options.set(AwsOptions.ROLE_ARN, role);
        }
        setIfGiven(options, AwsOptions.ROLE_EXTERNAL_ID.key(), fields.text("assumeRoleExternalId"));
        setIfGiven(
                options, AwsOptions.ROLE_STS_ENDPOINT.key(), endpoint(fields.text("sts.endpoint")));
        fields.notBuilt(
                "name a provider with "
                        + HYDRANT
                        + "."
                        + AwsOptions.CREDENTIALS_PROVIDER.key()
                        + ", or leave it to the SDK's default chain",
                "userDefinedCredentialsProvider.classname",
                "userDefinedCredentialsProvider.location");
    }

    private static void passOver(AgentFields fields) {
        fields.withoutEffect(
                "Flink's reporters take the metrics, and connectors/cloudwatch is one for CloudWatch",
                "cloudwatch.emitMetrics",
                "cloudwatch.endpoint",
                "cloudwatch.tagInstance",
                "cloudwatch.metricsBufferTimeMillis",
                "cloudwatch.namespace",
                "cloudwatch.metricsQueueSize",
                "log.emitMetrics",
                "log.emitInternalMetrics",
                "log.statusReportingPeriodSeconds");
        fields.withoutEffect(
                "positions are in Flink's checkpoints",
                "checkpointFile",
                "checkpointTimeToLiveDays",
                "checkpoints.connectionTimeoutSeconds",
                "checkpoints.queryTimeoutSeconds");
        fields.withoutEffect(
                "connections are set up with aws.http-client.* and sink.*",
                "maxSendingThreads",
                "maxSendingThreadsPerCore",
                "sendingThreadsKeepAliveMillis",
                "sendingThreadsMaxQueueSize",
                "maxConnections",
                "connectionTimeoutMillis",
                "connectionTTLMillis",
                "socketTimeoutMillis",
                "useTcpKeepAlive",
                "useHttpGzip",
                "userAgent",
                "userAgentOverride",
                "shutdownTimeoutMillis");
    }

    private static void readHydrant(
            AgentFields fields, Configuration options, List<String> problems) {
        JsonNode hydrant = fields.value(HYDRANT);
        if (hydrant == null) {
            return;
        }
        if (!hydrant.isObject()) {
            fields.refuse(HYDRANT, "is not an object");
            return;
        }
        hydrant.fields()
                .forEachRemaining(
                        field ->
                                give(
                                        HYDRANT,
                                        field.getKey(),
                                        field.getValue().asText(),
                                        options,
                                        problems));
    }

    private static void give(
            String place, String key, String value, Configuration options, List<String> problems) {
        String problem = CATALOG.problemWith(key);
        if (problem != null) {
            problems.add(place + ": " + problem);
            return;
        }
        Configuration tried = new Configuration();
        tried.setString(key, value);
        try {
            tried.get(CATALOG.options().get(key));
            options.setString(key, value);
        } catch (IllegalArgumentException e) {
            boolean isSecret = key.equals(AwsOptions.BASIC_SECRET_KEY.key());
            problems.add(
                    place
                            + "."
                            + key
                            + ": "
                            + (isSecret ? "its value" : "'" + value + "'")
                            + " is not allowed; "
                            + CATALOG.allowedValues(key));
        }
    }

    private static void readFlows(
            AgentFields fields,
            Configuration options,
            List<AgentFlow> flows,
            List<StreamFlow> streamFlows,
            List<QueueFlow> queueFlows) {
        int remembered = options.get(IngestOptions.REMEMBERED_OBJECTS);
        if (remembered < 1) {
            fields.refuse(
                    HYDRANT + "." + IngestOptions.REMEMBERED_OBJECTS.key(),
                    remembered + " is not allowed; at least 1");
        }
        int openFiles = options.get(IngestOptions.OPEN_FILES);
        if (openFiles < 1) {
            fields.refuse(
                    HYDRANT + "." + IngestOptions.OPEN_FILES.key(),
                    openFiles + " is not allowed; at least 1");
            return;
        }
        Set<String> ids = new HashSet<>();
        List<AgentFields> objects = fields.objects("flows");
        if (objects.isEmpty()) {
            fields.refuse("flows", "has no flow, so there is nothing to do");
        }
        for (AgentFields object : objects) {
            if (object.value(StreamFlowReader.SOURCE) != null) {
                StreamFlow flow = StreamFlowReader.read(object);
                if (flow != null && !ids.add(flow.id())) {
                    object.refuse(
                            "name",
                            "another flow is called " + flow.id() + "; give this one its own");
                } else if (flow != null) {
                    streamFlows.add(flow);
                }
                continue;
            }
            if (object.value(QueueFlowReader.SOURCE) != null) {
                QueueFlow flow =
                        QueueFlowReader.read(object, options.get(AwsOptions.REGION), remembered);
                if (flow != null && !ids.add(flow.id())) {
                    object.refuse(
                            "name",
                            "another flow is called " + flow.id() + "; give this one its own");
                } else if (flow != null) {
                    queueFlows.add(flow);
                }
                continue;
            }
            AgentFlow flow = AgentFlowReader.read(object, openFiles);
            if (flow != null && !ids.add(flow.id())) {
                object.refuse("filePattern", "has a flow to " + flow.stream() + " already");
            } else if (flow != null) {
                flows.add(flow);
            }
        }
    }

    private static void checkSources(
            List<AgentFlow> flows,
            List<StreamFlow> streamFlows,
            List<QueueFlow> queueFlows,
            Configuration options,
            List<String> problems,
            List<String> notices) {
        EndPosition end = options.get(KinesisSourceOptions.END_POSITION);
        if (end != EndPosition.NONE && !(flows.isEmpty() && queueFlows.isEmpty())) {
            problems.add(
                    HYDRANT
                            + "."
                            + KinesisSourceOptions.END_POSITION.key()
                            + ": is "
                            + end
                            + ", but "
                            + (flows.isEmpty() ? queueFlows.get(0).id() : flows.get(0).id())
                            + (flows.isEmpty() ? " follows a queue" : " follows files")
                            + ", which never ends; give that a job of its own");
        }
        if (streamFlows.isEmpty()) {
            options.keySet().stream()
                    .filter(SOURCE_OPTIONS.options()::containsKey)
                    .sorted()
                    .forEach(
                            key ->
                                    notices.add(
                                            HYDRANT
                                                    + "."
                                                    + key
                                                    + ": has no effect here; no flow has a "
                                                    + StreamFlowReader.SOURCE));
            return;
        }
        try {
            KinesisSourceConfig.from(options);
        } catch (IllegalArgumentException e) {
            problems.add(HYDRANT + ": " + e.getMessage());
        }
    }

    /** The agent's endpoints may lack the scheme. */
    private static String endpoint(String text) {
        return text == null || text.contains("://") ? text : "https://" + text;
    }

    private static void setIfGiven(Configuration options, String key, String value) {
        if (value != null) {
            options.setString(key, value);
        }
    }
}
