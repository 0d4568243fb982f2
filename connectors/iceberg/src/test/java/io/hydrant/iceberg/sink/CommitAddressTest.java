package io.hydrant.iceberg.sink;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CommitAddressTest {

    @Test
    void isReadAsItWasWritten() {
        CommitAddress address =
                new CommitAddress("shop.or#ders", CommitMark.parse("a@5,b-1@6").own());

        assertThat(address).hasToString("iceberg:shop.or#ders#b-1@6");
        assertThat(CommitAddress.parse(address.toString())).isEqualTo(address);
    }

    @Test
    void isToldFromTheAddressOfAnObject() {
        assertThat(CommitAddress.isOne("iceberg:shop.orders#a@1")).isTrue();
        assertThat(CommitAddress.isOne("s3://lake/iceberg:#a@1")).isFalse();
        assertThat(CommitAddress.isOne(null)).isFalse();
        assertThatThrownBy(() -> CommitAddress.parse("s3://lake/orders"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("s3://lake/orders");
    }
}
