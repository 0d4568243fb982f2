package io.hydrant.jobs.gateway.auth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClientKeysTest {

    @TempDir private Path folder;

    @Test
    void eachProfileIsAClient() throws Exception {
        ClientKeys keys =
                ClientKeys.read(
                        file(
                                """
                                [web]
                                aws_access_key_id = AKIDWEB
                                aws_secret_access_key = one
                                [batch]
                                aws_access_key_id = AKIDBATCH
                                aws_secret_access_key = two
                                aws_session_token = three
                                hydrant_streams = orders, clicks
                                """));

        assertThat(keys.size()).isEqualTo(2);
        assertThat(keys.client("AKIDWEB"))
                .isEqualTo(new Client("web", "AKIDWEB", "one", null, null));
        Client batch = keys.client("AKIDBATCH");
        assertThat(batch.sessionToken()).isEqualTo("three");
        assertThat(batch.mayUse("clicks")).isTrue();
        assertThat(batch.mayUse("other")).isFalse();
        assertThat(keys.client("AKIDNOBODY")).isNull();
    }

    @Test
    void saysWhatIsWrongWithTheFileAndNoSecret() throws Exception {
        assertThatThrownBy(() -> ClientKeys.read(folder.resolve("absent")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("absent")
                .hasMessageContaining("~/.aws/credentials");
        assertThatThrownBy(() -> ClientKeys.read(file("")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no clients");
        assertThatThrownBy(() -> ClientKeys.read(file("[web]\naws_secret_access_key = geheim\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("profile web has no aws_access_key_id")
                .hasMessageNotContaining("geheim");
        String profile = "\naws_access_key_id = A\naws_secret_access_key = geheim\n";
        assertThatThrownBy(() -> ClientKeys.read(file("[a]" + profile + "[b]" + profile)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("have the same")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void aProfileMayHaveKeysForPlainHttpBesideItsPairOrInPlaceOfIt() throws Exception {
        ClientKeys keys =
                ClientKeys.read(
                        file(
                                """
                                [web]
                                aws_access_key_id = AKIDWEB
                                aws_secret_access_key = one
                                [hooks]
                                hydrant_http_key = old-0123456789abcdef, new-0123456789abcdef
                                hydrant_streams = orders
                                """));

        assertThat(keys.hasHttpKeys()).isTrue();
        Client hooks = keys.named("hooks");
        assertThat(hooks.accessKeyId()).isNull();
        assertThat(hooks.mayUse("clicks")).isFalse();
        assertThat(keys.clientOfHttpKey("old-0123456789abcdef")).isEqualTo(hooks);
        assertThat(keys.clientOfHttpKey("new-0123456789abcdef")).isEqualTo(hooks);
        assertThat(keys.clientOfHttpKey("one")).isNull();
        assertThat(ClientKeys.of(List.of(new Client("web", "A", "one", null, null))).hasHttpKeys())
                .isFalse();
    }

    @Test
    void keysForPlainHttpThatCanBeGuessedOrAreSharedAreRefused() throws Exception {
        assertThatThrownBy(() -> ClientKeys.read(file("[web]\nhydrant_http_key = geheim\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("profile web")
                .hasMessageContaining("at least 16")
                .hasMessageContaining("openssl rand -hex 24")
                .hasMessageNotContaining("geheim");
        String key = "\nhydrant_http_key = geheim-0123456789abcdef\n";
        assertThatThrownBy(() -> ClientKeys.read(file("[a]" + key + "[b]" + key)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("have the same hydrant_http_key")
                .hasMessageNotContaining("geheim");
        assertThatThrownBy(() -> ClientKeys.read(file("[a]" + key + "aws_secret_access_key = x\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("profile a has no aws_access_key_id");
    }

    @Test
    void aProfileMayHaveASecretOfWebhooksAlone() throws Exception {
        ClientKeys keys =
                ClientKeys.read(
                        file(
                                """
                                [github]
                                hydrant_webhook_secret = old-0123456789abcdef, new-0123456789abcdef
                                hydrant_streams = events
                                [shop]
                                hydrant_webhook_secret = other-0123456789abcdef
                                hydrant_webhook_header = X-Shopify-Hmac-SHA256
                                [pay]
                                hydrant_webhook_secret = whsec_0123456789abcdef
                                hydrant_webhook_scheme = stripe
                                [web]
                                hydrant_http_key = web-0123456789abcdef
                                """));

        assertThat(keys.hasHttpKeys()).isTrue();
        WebhookKey github = keys.webhookKey("github");
        assertThat(github.client()).isEqualTo(keys.named("github"));
        assertThat(github.client().mayUse("orders")).isFalse();
        assertThat(github.secrets())
                .containsExactly("old-0123456789abcdef", "new-0123456789abcdef");
        assertThat(github.header()).isEqualTo("X-Hub-Signature-256");
        assertThat(github.scheme()).isEqualTo(WebhookKey.Scheme.BODY);
        assertThat(keys.webhookKey("shop").header()).isEqualTo("X-Shopify-Hmac-SHA256");
        assertThat(keys.webhookKey("pay").header()).isEqualTo("Stripe-Signature");
        assertThat(keys.webhookKey("pay").scheme()).isEqualTo(WebhookKey.Scheme.STRIPE);
        assertThat(keys.webhookKey("web")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hydrant_webhook_secret = geheim|can be guessed",
                "hydrant_webhook_secret = geheim-0123456789,|can be guessed",
                "hydrant_webhook_header = X-Signature|that it has not",
                "hydrant_webhook_secret = geheim-0123456789;hydrant_webhook_scheme = github|'github'; it may be [body, stripe]",
                "hydrant_webhook_secret = geheim-0123456789;hydrant_webhook_header = X Y|'X Y', which is no name of a header"
            })
    void saysWhatIsWrongWithWebhooks(String lines, String message) {
        assertThatThrownBy(() -> ClientKeys.read(file("[hub]\n" + lines.replace(';', '\n') + '\n')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("profile hub has")
                .hasMessageContaining(message)
                .hasMessageNotContaining("geheim");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("credentials"), text);
    }
}
