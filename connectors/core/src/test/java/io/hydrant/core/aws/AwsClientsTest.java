package io.hydrant.core.aws;

import com.sun.net.httpserver.HttpServer;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.FutureTask;

import static org.assertj.core.api.Assertions.assertThat;

class AwsClientsTest {

    private static final SdkSystemSetting CBOR = SdkSystemSetting.CBOR_ENABLED;

    private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
    private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;

    @BeforeEach
    void startsAnStsThatAnswersEveryCall() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    String body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    bodies.add(body);
                    authorizations.add(
                            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                    byte[] answer = answer(body).getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().add("Content-Type", "text/xml");
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stopsIt() {
        server.stop(0);
    }

    @Test
    void signsForTheConfiguredEndpointRegionAndKeys() {
        try (StsClient client = AwsClients.create(StsClient.builder(), config(Map.of()))) {
            assertThat(client.getCallerIdentity().account()).isEqualTo("000000000000");
        }

        assertThat(authorizations.get(0))
                .contains("Credential=AKIAFIXED/")
                .contains("/eu-west-1/sts/");
    }

    @Test
    void assumesARoleWithSessionNameAndExternalId() {
        AwsCredentials credentials =
                resolved(
                        config(
                                Map.of(
                                        "aws.credentials.provider", "ASSUME_ROLE",
                                        "aws.credentials.role.arn",
                                                "arn:aws:iam::000000000000:role/delivery",
                                        "aws.credentials.role.externalId", "outside",
                                        "aws.credentials.role.sessionName", "orders")));

        assertThat(credentials.accessKeyId()).isEqualTo("AKIAASSUMED");
        assertThat(bodies.get(0))
                .contains("role%2Fdelivery", "ExternalId=outside", "RoleSessionName=orders");
        assertThat(authorizations.get(0)).contains("Credential=AKIAFIXED/");
    }

    @Test
    void assumesARoleWithAWebIdentityTokenAndSignsNothing(@TempDir Path folder) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "a.web.token");

        AwsCredentials credentials =
                resolved(
                        config(
                                Map.of(
                                        "aws.credentials.provider", "WEB_IDENTITY_TOKEN",
                                        "aws.credentials.role.arn",
                                                "arn:aws:iam::000000000000:role/delivery",
                                        "aws.credentials.webIdentityToken.file",
                                                token.toString())));

        assertThat(credentials.accessKeyId()).isEqualTo("AKIAASSUMED");
        assertThat(bodies.get(0)).contains("WebIdentityToken=a.web.token");
    }

    @Test
    void keepsTheProtocolOfOneClientFromThoseThatOtherClassLoadersMakeMeanwhile() throws Exception {
        List<Boolean> seen = new ArrayList<>();
        try (URLClassLoader ofAnotherJob = new URLClassLoader(classPath(), null)) {
            Method isChosen =
                    ofAnotherJob
                            .loadClass(AwsClients.class.getName())
                            .getMethod("isProtocolChosenForProcess");
            // Whatever classes it needs are loaded now, and nothing but the client holds it up.
            assertThat(isChosen.invoke(null)).isEqualTo(false);
            FutureTask<Object> asked = new FutureTask<>(() -> isChosen.invoke(null));

            Thread other = new Thread(asked, "another job");
            try (StsClient client =
                    AwsClients.create(
                            StsClient.builder()
                                    .addPlugin(
                                            whileItIsBuilt -> {
                                                seen.add(CBOR.getBooleanValueOrThrow());
                                                other.start();
                                                awaitItsEndOrItsWait(other);
                                            }),
                            config(Map.of()).withCbor(false))) {
                assertThat(client).isNotNull();
            }

            assertThat(asked.get()).isEqualTo(false);
        }
        assertThat(seen).containsExactly(false);
        assertThat(System.getProperty(CBOR.property())).isNull();
    }

    @Test
    void readsAProfileOfACredentialsFile(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("credentials"),
                        "[warehouse]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = x\n");

        AwsCredentials credentials =
                resolved(
                        config(
                                Map.of(
                                        "aws.credentials.provider", "PROFILE",
                                        "aws.credentials.profile.name", "warehouse",
                                        "aws.credentials.profile.path", file.toString())));

        assertThat(credentials.accessKeyId()).isEqualTo("AKIAPROFILE");
    }

    private static AwsCredentials resolved(AwsClientConfig config) {
        AwsCredentialsProvider provider = AwsClients.credentials(config);
        try {
            return provider.resolveCredentials();
        } finally {
            if (provider instanceof SdkAutoCloseable closeable) {
                closeable.close();
            }
        }
    }

    private AwsClientConfig config(Map<String, String> more) {
        String endpoint = "http://localhost:" + server.getAddress().getPort();
        Map<String, String> options = new HashMap<>();
        options.put("aws.region", "eu-west-1");
        options.put("aws.endpoint", endpoint);
        options.put("aws.credentials.provider", "BASIC");
        options.put("aws.credentials.basic.accesskeyid", "AKIAFIXED");
        options.put("aws.credentials.basic.secretkey", "secret");
        options.put("aws.credentials.role.stsEndpoint", endpoint);
        options.putAll(more);
        return AwsClientConfig.from(Configuration.fromMap(options));
    }

    private static String answer(String body) {
        if (body.contains("GetCallerIdentity")) {
            return "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>000000000000</Account>"
                    + "</GetCallerIdentityResult></GetCallerIdentityResponse>";
        }
        String action =
                body.contains("WithWebIdentity") ? "AssumeRoleWithWebIdentity" : "AssumeRole";
        return "<"
                + action
                + "Response><"
                + action
                + "Result><Credentials><AccessKeyId>AKIAASSUMED</AccessKeyId>"
                + "<SecretAccessKey>x</SecretAccessKey><SessionToken>t</SessionToken>"
                + "<Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></"
                + action
                + "Result></"
                + action
                + "Response>";
    }

    /** All classes that this one sees, for a class loader that shares none with it. */
    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        Scanner entries = new Scanner(System.getProperty("java.class.path"));
        entries.useDelimiter(File.pathSeparator);
        while (entries.hasNext()) {
            urls.add(new File(entries.next()).toURI().toURL());
        }
        return urls.toArray(new URL[0]);
    }

    private static void awaitItsEndOrItsWait(Thread thread) {
        while (thread.getState() != Thread.State.BLOCKED
                && thread.getState() != Thread.State.TERMINATED) {
            Thread.onSpinWait();
        }
    }
}
