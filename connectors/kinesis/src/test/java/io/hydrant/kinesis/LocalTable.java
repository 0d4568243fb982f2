package io.hydrant.kinesis;

import io.hydrant.kinesis.stream.StreamArn;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A table of DynamoDB Local with the attribute {@code id}, a string, as its key, and a stream. */
public final class LocalTable {

    private static final Pattern ARN = Pattern.compile("\"LatestStreamArn\":\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI endpoint;
    private final String name;
    private final StreamArn arn;

    private LocalTable(URI endpoint, String name, String view) throws Exception {
        this.endpoint = endpoint;
        this.name = name;
        String created =
                call(
                        "CreateTable",
                        """
                        {"TableName":"%s","BillingMode":"PAY_PER_REQUEST",
                         "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
                         "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
                         "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"%s"}}
                        """
                                .formatted(name, view));
        Matcher matcher = ARN.matcher(created);
        if (!matcher.find()) {
            throw new IOException("No stream in " + created);
        }
        arn = StreamArn.parseOfTable(matcher.group(1));
    }

    /**
     * Makes a table.
     *
     * @param view what its stream holds, such as NEW_AND_OLD_IMAGES
     */
    public static LocalTable create(URI endpoint, String name, String view) throws Exception {
        return new LocalTable(endpoint, name, view);
    }

    public StreamArn arn() {
        return arn;
    }

    /**
     * Puts an item.
     *
     * @param attributes all but the key, as on the wire with ' for "
     */
    public void put(String id, String attributes) throws Exception {
        call(
                "PutItem",
                "{'TableName':'%s','Item':{'id':{'S':'%s'}%s}}"
                        .formatted(name, id, attributes.isEmpty() ? "" : "," + attributes)
                        .replace('\'', '"'));
    }

    public void delete(String id) throws Exception {
        call(
                "DeleteItem",
                "{'TableName':'%s','Key':{'id':{'S':'%s'}}}"
                        .formatted(name, id)
                        .replace('\'', '"'));
    }

    private String call(String action, String body) throws Exception {
        HttpResponse<String> response =
                http.send(
                        HttpRequest.newBuilder(endpoint)
                                .header("X-Amz-Target", "DynamoDB_20120810." + action)
                                .header("Content-Type", "application/x-amz-json-1.0")
                                .header(
                                        "Authorization",
                                        "AWS4-HMAC-SHA256 Credential=test/20261121/us-east-1/dynamodb/aws4_request,"
                                                + " SignedHeaders=host, Signature=any")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(action + " failed: " + response.body());
        }
        return response.body();
    }
}
