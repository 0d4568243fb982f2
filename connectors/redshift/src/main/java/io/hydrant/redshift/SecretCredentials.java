package io.hydrant.redshift;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import java.sql.SQLException;

/**
 * User and password out of a secret of Secrets Manager, read when the first connection is made and
 * whenever one is refused, so that a rotation needs no restart.
 *
 * <p>Source: Firehose developer guide, "Authenticate with AWS Secrets Manager": a JSON object with
 * {@code username} and {@code password}; others in it, which the secrets of Redshift itself have,
 * are passed over.
 *
 * <p>Not thread-safe.
 */
final class SecretCredentials implements WarehouseCredentials {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOT_ALLOWED = "28000";
    private static final String NOT_REACHED = "08001";

    private final String secretId;
    private final SecretsManagerClient client;
    private Login login;

    /**
     * Reads nothing yet.
     *
     * @param secretId ARN or name of the secret
     */
    SecretCredentials(String secretId, AwsClientConfig aws) {
        this.secretId = secretId;
        this.client = AwsClients.create(SecretsManagerClient.builder(), aws);
    }

    @Override
    public Login login() throws SQLException {
        if (login == null) {
            login = read();
        }
        return login;
    }

    @Override
    public boolean renew() throws SQLException {
        Login before = login;
        login = read();
        return !login.equals(before);
    }

    private Login read() throws SQLException {
        String text;
        try {
            text = client.getSecretValue(request -> request.secretId(secretId)).secretString();
        } catch (SdkServiceException e) {
            boolean mayPass = e.isThrottlingException() || e.statusCode() >= 500;
            throw failed(e, mayPass ? NOT_REACHED : NOT_ALLOWED);
        } catch (SdkClientException e) {
            throw failed(e, NOT_REACHED);
        }
        String user = null;
        String password = null;
        try {
            JsonNode secret = JSON.readTree(text == null ? "" : text);
            user = secret.path("username").textValue();
            password = secret.path("password").textValue();
        } catch (JsonProcessingException e) {
            // Its message would show what was read.
            user = null;
        }
        if (user == null || password == null) {
            throw new SQLException(
                    RedshiftOptions.SECRET_ARN.key()
                            + " is "
                            + secretId
                            + ", and that secret is no JSON object with the texts username and password",
                    NOT_ALLOWED);
        }
        return new Login(user, password);
    }

    private SQLException failed(SdkException cause, String state) {
        return new SQLException(
                RedshiftOptions.SECRET_ARN.key()
                        + " is "
                        + secretId
                        + ", which cannot be read: "
                        + cause.getMessage(),
                state,
                cause);
    }

    @Override
    public void close() {
        client.close();
    }
}
