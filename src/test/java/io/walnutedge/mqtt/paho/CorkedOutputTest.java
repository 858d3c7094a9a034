package io.walnutedge.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorkedOutputTest {
    /** First bytes of QoS 1 (MQTT 3.1.1, 3.3.1) and of a ping (3.12.1). */
    private static final int PUBLISH = 0x32;

    private static final int PINGREQ = 0xc0;

    private final List<Integer> writes = new ArrayList<>();
    private final CorkedOutput corked = new CorkedOutput(new ByteArrayOutputStream() {
        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            writes.add(length);
        }
    });

    private void packet(int first, int length) throws IOException {
        corked.write(new byte[] {(byte) first}, 0, 1);
        corked.write(new byte[length - 1], 0, length - 1);
        corked.flush();
    }

    @Test
    void whatWasAnnouncedTogether_isOneWrite() throws IOException {
        corked.expect();
        corked.expect();
        corked.expect();
        packet(PUBLISH, 10);
        packet(PUBLISH, 10);
        assertThat(writes).isEmpty();
        packet(PUBLISH, 10);
        assertThat(writes).containsExactly(30);
        corked.expect();
        packet(PUBLISH, 7);
        assertThat(writes).containsExactly(30, 7);
    }

    @Test
    void retracted_isNotWaitedFor() throws IOException {
        corked.expect();
        corked.expect();
        corked.cancel();
        packet(PUBLISH, 10);
        assertThat(writes).containsExactly(10);
    }

    @Test
    void keptBackForOneThatNeverComes_isPushed() throws IOException {
        corked.expect();
        corked.expect();
        packet(PUBLISH, 10);
        corked.cancel();
        corked.uncork();
        assertThat(writes).containsExactly(10);
    }

    @Test
    void anythingElse_goesAtOnce_andTakesAlongWhatWaits() throws IOException {
        corked.expect();
        corked.expect();
        packet(PUBLISH, 10);
        packet(PINGREQ, 2);
        assertThat(writes).containsExactly(12);
        packet(PUBLISH, 10);
        assertThat(writes).as("the ping was none of the announced").containsExactly(12, 10);
    }

    @Test
    void payloadByte_thatLooksLikeAPacket_isNone() throws IOException {
        corked.expect();
        corked.expect();
        corked.write(new byte[] {PUBLISH}, 0, 1);
        corked.write(new byte[] {(byte) PINGREQ}, 0, 1);
        corked.flush();
        assertThat(writes).isEmpty();
    }

    @Test
    void whatIsTooLongToBeKept_isNotKept() throws IOException {
        corked.expect();
        corked.expect();
        packet(PUBLISH, 20_000);
        assertThat(writes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(20_000);
    }
}
