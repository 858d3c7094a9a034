package io.walnutedge.mqtt.paho;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.config.FixedLogin;
import io.walnutedge.config.Secret;
import io.walnutedge.mqtt.Publication;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Read back by the tables of MQTT 3.1.1, 3.1. */
class ConnectPacketTest {
    private static byte[] packet(
            String id, Optional<String> user, Optional<String> password, int keepAlive, Optional<Publication> will) {
        var login = new FixedLogin(id, user, password.map(Secret::new));
        return ConnectPacket.of(login, Duration.ofSeconds(keepAlive), will);
    }

    private static int remainingLength(ByteBuffer packet) {
        var length = 0;
        for (var shift = 0; ; shift += 7) {
            var digit = packet.get();
            length |= (digit & 0x7f) << shift;
            if (digit >= 0) {
                return length;
            }
        }
    }

    private static String string(ByteBuffer packet) {
        var bytes = new byte[Short.toUnsignedInt(packet.getShort())];
        packet.get(bytes);
        return new String(bytes, UTF_8);
    }

    @Test
    void everyCombinationOfFields_inTheirOrder() {
        for (var fields = 0; fields < 8; fields++) {
            var user = (fields & 1) != 0 ? Optional.of("小明：组长") : Optional.<String>empty();
            var password = (fields & 2) != 0 ? Optional.of("密\t码\u0000 ") : Optional.<String>empty();
            for (var qos = 0; qos < 2; qos++) {
                for (var retain : List.of(false, true)) {
                    var will = (fields & 4) != 0
                            ? Optional.of(new Publication("温：室／状态", "离线".getBytes(UTF_8), qos, retain))
                            : Optional.<Publication>empty();
                    var packet = ByteBuffer.wrap(packet("板🌡１", user, password, 65_535, will));
                    assertThat(packet.get()).isEqualTo((byte) 0x10);
                    assertThat(remainingLength(packet)).isEqualTo(packet.remaining());
                    assertThat(string(packet)).isEqualTo("MQTT");
                    assertThat(packet.get()).as("level").isEqualTo((byte) 4);
                    assertThat(Byte.toUnsignedInt(packet.get()))
                            .as("flags")
                            .isEqualTo(0x02
                                    | user.map(any -> 0x80).orElse(0)
                                    | password.map(any -> 0x40).orElse(0)
                                    | will.map(last -> 0x04 | last.qos() << 3 | (last.retain() ? 0x20 : 0))
                                            .orElse(0));
                    assertThat(Short.toUnsignedInt(packet.getShort())).isEqualTo(65_535);
                    assertThat(string(packet)).isEqualTo("板🌡１");
                    will.ifPresent(last -> {
                        assertThat(string(packet)).isEqualTo("温：室／状态");
                        assertThat(string(packet)).isEqualTo("离线");
                    });
                    user.ifPresent(name -> assertThat(string(packet)).isEqualTo(name));
                    password.ifPresent(secret -> assertThat(string(packet)).isEqualTo(secret));
                    assertThat(packet.hasRemaining()).isFalse();
                }
            }
        }
    }

    @Test
    void lengths_aboutEachDigitOfTheRemainingLength_andOfAField() {
        // 12 bytes beside the client id
        for (var length : List.of(1, 115, 116, 16_371, 16_372, 65_534, 65_535)) {
            var packet = ByteBuffer.wrap(
                    packet("x".repeat(length), Optional.empty(), Optional.empty(), 1, Optional.empty()));
            packet.get();
            assertThat(remainingLength(packet)).isEqualTo(12 + length).isEqualTo(packet.remaining());
            packet.position(packet.position() + 10);
            assertThat(string(packet)).hasSize(length);
        }
        var three = new byte[16_384 * 128];
        var packet = ByteBuffer.wrap(Encoded.packet(0x30, three));
        assertThat(packet.get()).isEqualTo((byte) 0x30);
        assertThat(remainingLength(packet)).isEqualTo(three.length).isEqualTo(packet.remaining());
    }
}
