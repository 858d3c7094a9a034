package io.walnutedge.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketGuardTest {
    private static final int LIMIT = 10;
    /** The identifier of the message and of the subscription that wait for their acknowledgement. */
    private static final int ID = 7;

    private static final byte[] CONNACK = {0x20, 2, 0, 0};
    private static final byte[] NOTHING = {0x40, 2, 0, 0};

    private final List<String> heard = new ArrayList<>();
    private final PacketGuard.Receiver receiver = new PacketGuard.Receiver() {
        @Override
        public void message(String topic, byte[] payload, boolean retained) {
            heard.add(topic + "=" + payload.length + (retained ? " retained" : ""));
        }

        @Override
        public void unfit(String why) {
            heard.add("unfit");
        }

        @Override
        public void acknowledge(int id) {
            heard.add("acknowledge " + id);
        }
    };

    private PacketGuard guard(InputStream source) {
        var exchange = new Exchange(Duration.ofSeconds(1));
        exchange.sends(bytes(0x10, 0));
        exchange.sends(bytes(0x32, 7, 0, 1, 't', 0, ID));
        exchange.sends(bytes(0x82, 6, 0, ID, 0, 1, 't', 1));
        exchange.sends(bytes(0xc0, 0));
        return new PacketGuard(source, LIMIT, exchange, receiver);
    }

    private static ByteBuffer bytes(int... values) {
        var bytes = ByteBuffer.allocate(values.length);
        Arrays.stream(values).forEach(value -> bytes.put((byte) value));
        return bytes.flip();
    }

    private static byte[] stream(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** What the client behind it gets after CONNACK. */
    private byte[] passed(byte[]... parts) throws IOException {
        heard.clear();
        var guard = guard(new ByteArrayInputStream(stream(CONNACK, stream(parts))));
        assertThat(guard.readNBytes(CONNACK.length)).isEqualTo(CONNACK);
        return guard.readAllBytes();
    }

    private static byte[] publish(int flags, byte[] topic, int payload) {
        var qos = (flags >> 1) & 3;
        var packet = ByteBuffer.allocate(1 + 4 + 2 + topic.length + 2 + payload);
        var remaining = 2 + topic.length + (qos > 0 ? 2 : 0) + payload;
        packet.put((byte) (0x30 | flags));
        // four digits: the longest form is allowed as well (2.2.3)
        for (var i = 0; i < 3; i++) {
            packet.put((byte) (((remaining >> (7 * i)) & 0x7f) | 0x80));
        }
        packet.put((byte) (remaining >> 21));
        packet.putShort((short) topic.length).put(topic);
        if (qos > 0) {
            packet.putShort((short) ID);
        }
        return Arrays.copyOf(packet.array(), 5 + remaining);
    }

    private static byte[] publish(int flags, String topic, int payload) {
        return publish(flags, topic.getBytes(StandardCharsets.UTF_8), payload);
    }

    private enum Fate {
        PASSED,
        MESSAGE,
        THROWN_AWAY,
        BROKEN
    }

    /** MQTT 3.1.1, tables 2.1 and 2.2, and what was asked above. */
    private static Fate fate(int type, int flags, int remaining) {
        return switch (type) {
            case 3 -> ((flags >> 1) & 3) > 1 || remaining < ((flags & 2) == 0 ? 3 : 5) ? Fate.BROKEN : Fate.MESSAGE;
            case 4 -> flags == 0 && remaining == 2 ? Fate.PASSED : Fate.BROKEN;
            case 9 -> flags == 0 && remaining == 3 ? Fate.PASSED : Fate.BROKEN;
            case 13 -> flags == 0 && remaining == 0 ? Fate.PASSED : Fate.BROKEN;
            case 2, 5, 7, 11 -> flags == 0 && remaining == 2 ? Fate.THROWN_AWAY : Fate.BROKEN;
            case 6 -> flags == 2 && remaining == 2 ? Fate.THROWN_AWAY : Fate.BROKEN;
            default -> Fate.BROKEN;
        };
    }

    @Test
    void each_type_with_all_flags_and_lengths() throws IOException {
        for (var first = 0; first < 256; first++) {
            for (var remaining : List.of(0, 1, 2, 3, 4, 5, 6, 127)) {
                var type = first >> 4;
                var body = type == 3 ? new byte[] {0, 1, 't', 0, ID} : new byte[] {0, (byte) (type == 2 ? 0 : ID), 1};
                var packet = stream(new byte[] {(byte) first, (byte) (int) remaining}, Arrays.copyOf(body, remaining));
                var what = "%02x with %d".formatted(first, remaining);
                var fate = fate(type, first & 15, remaining);
                if (fate == Fate.BROKEN) {
                    assertThatThrownBy(() -> passed(packet))
                            .as(what)
                            .isInstanceOf(ProtocolException.class)
                            .hasMessageContaining("breaks the rules of MQTT 3.1.1: it sent ");
                    assertThat(heard).as(what).isEmpty();
                } else {
                    // one for a message, another one for what is cut of it
                    var nothings = remaining == 127 ? stream(NOTHING, NOTHING) : NOTHING;
                    var expected = fate == Fate.PASSED ? packet : fate == Fate.MESSAGE ? nothings : new byte[0];
                    assertThat(passed(packet)).as(what).isEqualTo(expected);
                    assertThat(heard.isEmpty()).as(what).isEqualTo(fate != Fate.MESSAGE);
                }
            }
        }
    }

    @Test
    void nothing_but_connack_comes_first() {
        for (var first = 0; first < 256; first++) {
            var packet = new byte[] {(byte) first, 2, 0, 0};
            var guard = guard(new ByteArrayInputStream(packet));
            if (first == 0x20) {
                assertThat(guard).hasBinaryContent(packet);
            } else {
                assertThatThrownBy(guard::read).isInstanceOf(ProtocolException.class);
            }
        }
    }

    @Test
    void return_codes_that_there_are_not_end_it() throws IOException {
        for (var code = 0; code < 256; code++) {
            var connack = new byte[] {0x20, 2, 0, (byte) code};
            var suback = new byte[] {(byte) 0x90, 3, 0, ID, (byte) code};
            var opened = guard(new ByteArrayInputStream(connack));
            if (code <= 5) {
                assertThat(opened).hasBinaryContent(connack);
            } else {
                assertThatThrownBy(opened::read).isInstanceOf(ProtocolException.class);
            }
            if (code <= 2 || code == 0x80) {
                assertThat(passed(suback)).isEqualTo(suback);
            } else {
                assertThatThrownBy(() -> passed(suback)).isInstanceOf(ProtocolException.class);
            }
        }
    }

    @Test
    void an_answer_passes_once_and_a_flood_of_them_ends_it() throws IOException {
        var answers = List.of(
                new byte[] {0x20, 2, 0, 0},
                new byte[] {0x40, 2, 0, ID},
                new byte[] {0x50, 2, 0, ID},
                new byte[] {0x62, 2, 0, ID},
                new byte[] {0x70, 2, 0, ID},
                new byte[] {(byte) 0x90, 3, 0, ID, 1},
                new byte[] {(byte) 0xb0, 2, 0, ID},
                new byte[] {(byte) 0xd0, 0});
        for (var answer : answers) {
            var all = new byte[1 + PacketGuard.STRAY_ANSWERS][];
            Arrays.fill(all, answer);
            assertThat(passed(Arrays.copyOf(all, PacketGuard.STRAY_ANSWERS - 1)).length)
                    .isLessThanOrEqualTo(answer.length);
            assertThatThrownBy(() -> passed(all)).hasMessageContaining("100 answers to what was not asked");
        }
        assertThat(passed(new byte[] {0x40, 2, 1, ID})).isEmpty();
    }

    @Test
    void a_message_is_taken_cut_and_acknowledged() throws IOException {
        assertThat(passed(publish(1, "t", 0))).isEqualTo(NOTHING);
        assertThat(heard).containsExactly("t=0 retained");
        passed(publish(2, "t", LIMIT));
        assertThat(heard).containsExactly("t=10", "acknowledge 7");
        passed(publish(0xa, "t", LIMIT + 1), publish(0, "u", 3_000_000), publish(0, "v", 1));
        assertThat(heard).containsExactly("t=11", "acknowledge 7", "u=11", "v=1");
    }

    @Test
    void what_is_not_kept_of_a_message_shows_that_the_broker_lives_and_is_acknowledged_when_it_is_over()
            throws IOException {
        var long100k = publish(2, "t", 100_000);
        var half = guard(new ByteArrayInputStream(stream(CONNACK, Arrays.copyOf(long100k, 50_000))));
        assertThat(half.readNBytes(CONNACK.length + 10 * NOTHING.length)).endsWith(NOTHING);
        assertThat(heard).containsExactly("t=11");
    }

    @Test
    void a_message_that_is_none_ends_it() {
        var zero = publish(2, "t", 0);
        zero[zero.length - 1] = 0;
        assertThatThrownBy(() -> passed(zero)).hasMessageContaining("packet identifier 0");
        var cut = publish(0, "topic", 0);
        cut[6]++;
        assertThatThrownBy(() -> passed(cut)).hasMessageContaining("topic is longer than itself");
        for (var length : new byte[][] {{-1, -1, -1, -1, 1}, {-128, -128, -128, -128, 0}}) {
            assertThatThrownBy(() -> passed(new byte[] {0x30}, length)).hasMessageContaining("more than four bytes");
        }
        for (var qos : List.of(2, 3)) {
            assertThatThrownBy(() -> passed(publish(qos << 1, "t", 0)))
                    .hasMessageContaining("QoS " + qos + ", which was not asked for");
        }
    }

    @Test
    void every_text_that_mqtt_allows_arrives() throws IOException {
        var batch = 4096;
        for (var from = 0; from <= Character.MAX_CODE_POINT; from += batch) {
            var packets = new ByteArrayOutputStream();
            var expected = new ArrayList<String>();
            for (var point = from; point < from + batch; point++) {
                if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                    var topic = "t/" + Character.toString(point);
                    packets.writeBytes(publish(2, topic, 0));
                    expected.add(point == 0 || point == '+' || point == '#' ? "unfit" : topic + "=0");
                    expected.add("acknowledge 7");
                }
            }
            passed(packets.toByteArray());
            assertThat(heard).isEqualTo(expected);
        }
        passed(publish(2, "", 0), publish(0, "x".repeat(65_535), 0));
        assertThat(heard).containsExactly("unfit", "acknowledge 7", "x".repeat(65_535) + "=0");
    }

    @Test
    void a_topic_that_is_not_utf8_is_thrown_away_and_acknowledged() throws IOException {
        for (var value = 0; value < 0x10000; value++) {
            assertWellFormed((byte) (value >> 8), (byte) value);
        }
        // the bounds of table 3-7 of the Unicode Standard
        var bounds = new int[] {
            0x01, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0,
            0xf1, 0xf4, 0xf5, 0xff
        };
        for (var one : bounds) {
            for (var two : bounds) {
                for (var three : bounds) {
                    assertWellFormed((byte) one, (byte) two, (byte) three);
                    for (var four : one < 0xf0 ? new int[0] : bounds) {
                        assertWellFormed((byte) one, (byte) two, (byte) three, (byte) four);
                    }
                }
            }
        }
    }

    private void assertWellFormed(byte... topic) throws IOException {
        passed(publish(2, topic, 0));
        var isUtf8 = wellFormed(topic);
        var isFit = isUtf8 && new String(topic, StandardCharsets.UTF_8).matches("(?s)[^+#\0]+");
        if (heard.size() != 2
                || heard.get(0).equals("unfit") == isFit
                || !heard.get(1).equals("acknowledge 7")) {
            throw new AssertionError(Arrays.toString(topic) + " gave " + heard);
        }
    }

    /** Table 3-7 of the Unicode Standard. */
    private static boolean wellFormed(byte[] text) {
        for (var i = 0; i < text.length; i++) {
            var lead = Byte.toUnsignedInt(text[i]);
            var more = lead < 0x80 ? 0 : lead < 0xc2 ? -1 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : -1;
            if (more < 0 || i + more >= text.length) {
                return false;
            }
            for (var j = 1; j <= more; j++) {
                var next = Byte.toUnsignedInt(text[i + j]);
                var low = j > 1 ? 0x80 : lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
                var high = j > 1 ? 0xbf : lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
                if (next < low || next > high) {
                    return false;
                }
            }
            i += more;
        }
        return true;
    }

    @Test
    void a_stream_that_ends_anywhere_ends() throws IOException {
        var whole = stream(CONNACK, publish(2, "topic", 5), new byte[] {0x40, 2, 0, ID}, new byte[] {(byte) 0xd0, 0});
        for (var length = 0; length < whole.length; length++) {
            var guard = guard(new ByteArrayInputStream(whole, 0, length));
            try {
                guard.readAllBytes();
            } catch (EOFException withinAPacket) {
                assertThat(withinAPacket).hasMessage(null);
            }
        }
        assertThat(passed(Arrays.copyOfRange(whole, CONNACK.length, whole.length)))
                .hasSize(4 + 4 + 2);
    }

    @Test
    void random_bytes_end_it_and_nothing_else() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var run = 0; run < 20_000; run++) {
            var noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            try {
                passed(noise);
            } catch (ProtocolException | EOFException declared) {
                assertThat(declared).isNotNull();
            } catch (IOException | RuntimeException other) {
                throw new AssertionError("seed " + seed + ", run " + run, other);
            }
        }
    }
}
