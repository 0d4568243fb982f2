package io.hydrant.bench.rival;

import java.util.Map;
import java.util.Properties;

/** What the official connector is told about the server, in the names of its options. */
final class RivalClient {

    private RivalClient() {}

    static Properties properties(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.setProperty("aws.region", "us-east-1");
        properties.setProperty("aws.endpoint", settings.get("kinesis"));
        properties.setProperty("aws.credentials.provider", "BASIC");
        properties.setProperty("aws.credentials.provider.basic.accesskeyid", "anyone");
        properties.setProperty("aws.credentials.provider.basic.secretkey", "anything");
        // The fake speaks no HTTP/2.
        properties.setProperty("aws.http.protocol.version", "HTTP1_1");
        return properties;
    }
}
