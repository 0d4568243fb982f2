package io.hydrant.infra;

import java.util.Map;

/**
 * An application of Managed Service for Apache Flink.
 *
 * <p>Source: Managed Service for Apache Flink API reference, CreateApplication, and developer
 * guide, "Quotas": 64 KPUs of an application by default, 8 tasks of a KPU at the most.
 *
 * @param codeBucket the bucket of the jar and the configuration
 * @param codeKey the jar's key; another jar has another key, or CloudFormation sees no change
 * @param configKey the configuration's key, likewise
 * @param parallelism tasks at first; default 1
 * @param parallelismPerKpu tasks of a KPU, 1 to 8; default 1
 * @param autoScaling whether the service fits the number of KPUs to the load; default true
 * @param properties what the job is told besides, as its {@code --set}; none by default
 * @param logRetentionDays how long log lines are kept, as CloudWatch Logs takes it; default 30
 */
public record FlinkRuntime(
        String codeBucket,
        String codeKey,
        String configKey,
        Integer parallelism,
        Integer parallelismPerKpu,
        Boolean autoScaling,
        Map<String, String> properties,
        Integer logRetentionDays) {

    /** The service's name of Flink 2.3. */
    public static final String VERSION = "FLINK-2_3";

    private static final String KEY = "[^*?\\s/][^*?\\s]{0,1023}";
    private static final String KEY_RULE = "the key of an object, without white space, * and ?";
    private static final int MOST_TASKS = 512;
    private static final int MOST_TASKS_OF_KPU = 8;
    private static final int MOST_DAYS = 3653;
    private static final int DEFAULT_DAYS = 30;

    /**
     * Sets defaults and validates.
     *
     * @throws IllegalArgumentException if a value is not what AWS allows; names it and the rule
     */
    public FlinkRuntime {
        Rules.bucket("runtime.codeBucket", codeBucket);
        Rules.matching("runtime.codeKey", codeKey, KEY, KEY_RULE);
        Rules.matching("runtime.configKey", configKey, KEY, KEY_RULE);
        parallelism = parallelism == null ? 1 : parallelism;
        parallelismPerKpu = parallelismPerKpu == null ? 1 : parallelismPerKpu;
        autoScaling = autoScaling == null || autoScaling;
        properties = properties == null ? Map.of() : Map.copyOf(properties);
        logRetentionDays = logRetentionDays == null ? DEFAULT_DAYS : logRetentionDays;
        Rules.within("runtime.parallelism", parallelism, 1, MOST_TASKS);
        Rules.within("runtime.parallelismPerKpu", parallelismPerKpu, 1, MOST_TASKS_OF_KPU);
        Rules.within("runtime.logRetentionDays", logRetentionDays, 1, MOST_DAYS);
    }
}
