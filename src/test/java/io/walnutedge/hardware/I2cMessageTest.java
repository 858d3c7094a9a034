package io.walnutedge.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class I2cMessageTest {
    @Test
    void write_isTheKernelsStructureWithItsBytesBehindIt() {
        var message = I2cMessage.write(8, 0x48, new byte[] {1, 2, 3, 4}, 1, 2);

        var memory = message.memory();
        assertThat(memory.order()).isEqualTo(ByteOrder.nativeOrder());
        assertThat(memory.position()).isZero();
        assertThat(memory.limit()).isEqualTo(18);
        assertThat(memory.getShort(0)).isEqualTo((short) 0x48);
        assertThat(memory.getShort(2)).isZero();
        assertThat(memory.getShort(4)).isEqualTo((short) 2);
        assertThat(memory.get(16)).isEqualTo((byte) 2);
        assertThat(memory.get(17)).isEqualTo((byte) 3);
        assertThat(message.pointers().array()).containsExactly(8, 16);
    }

    @Test
    void write_ofA32BitMachine_hasAShorterPointer() {
        assertThat(I2cMessage.write(4, 0x48, new byte[1], 0, 1).pointers().array())
                .containsExactly(8, 12);
    }

    @Test
    void fewerMessagesThanAsked_areAnError() throws IOException {
        I2cMessage.checkAll(2, 2);

        assertThatIOException()
                .isThrownBy(() -> I2cMessage.checkAll(0, 2))
                .withMessage("message 1 of 2 was not acknowledged");
        assertThatIOException()
                .isThrownBy(() -> I2cMessage.checkAll(1, 2))
                .withMessage("message 2 of 2 was not acknowledged");
    }
}
