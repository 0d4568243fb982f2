package io.hydrant.redshift;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClusterNameTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:redshift://wh.abc123.eu-west-1.redshift.amazonaws.com:5439/dev, false, wh, eu-west-1",
        "jdbc:redshift://WH.abc123.cn-north-1.redshift.amazonaws.com.cn/dev?ssl=true, false, wh, cn-north-1",
        "jdbc:redshift://bi.111122223333.us-east-1.redshift-serverless.amazonaws.com:5439/dev;x=y, true, bi, us-east-1"
    })
    void readsTheNameOutOfTheAddress(String url, boolean isServerless, String name, String region) {
        assertThat(ClusterName.of(url, null, null))
                .isEqualTo(new ClusterName(isServerless, name, "dev", region));
    }

    @Test
    void anOptionGoesBeforeTheAddress() {
        String url = "jdbc:redshift://wh.abc123.eu-west-1.redshift.amazonaws.com:5439/dev";
        assertThat(ClusterName.of(url, null, "bi"))
                .isEqualTo(new ClusterName(true, "bi", "dev", "eu-west-1"));
        assertThat(ClusterName.of("jdbc:redshift://wh.example.org/dev", "other", null))
                .isEqualTo(new ClusterName(false, "other", "dev", null));
    }

    @Test
    void refusesWhatNamesNoCluster() {
        assertThatThrownBy(
                        () -> ClusterName.of("jdbc:redshift://wh.example.org/dev?x=s", null, null))
                .hasMessageContaining("redshift.jdbc-url is 'jdbc:redshift://wh.example.org/dev'")
                .hasMessageContaining("set redshift.cluster-identifier or redshift.workgroup");
        assertThatThrownBy(() -> ClusterName.of("jdbc:redshift://wh.example.org", "wh", null))
                .hasMessageContaining("which names no database");
        assertThatThrownBy(() -> ClusterName.of("jdbc:redshift://h/dev", "wh", "bi"))
                .hasMessageContaining(
                        "redshift.cluster-identifier is 'wh', and redshift.workgroup is 'bi'");
    }
}
