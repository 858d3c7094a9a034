package io.walnutedge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerAddressTest {
    private static final List<String> SCHEMES = List.of("tcp", "ssl", "ws", "wss");

    @ParameterizedTest
    @CsvSource({
        "tcp://a, a, 1883, a:1883",
        "ssl://a, a, 8883, a:8883",
        "ws://a, a, 80, a:80",
        "wss://a, a, 443, a:443",
        "tcp://192.168.1.2:1, 192.168.1.2, 1, 192.168.1.2:1",
        "ssl://[fe80::1]:65535, fe80::1, 65535, [fe80::1]:65535",
        "tcp://my_broker:1883, my_broker, 1883, my_broker:1883",
        "ssl://_mqtt._tcp.a.b, _mqtt._tcp.a.b, 8883, _mqtt._tcp.a.b:8883",
        "wss://esp_32-a.local/x/y, esp_32-a.local, 443, esp_32-a.local:443",
        "tcp://a/, a, 1883, a:1883"
    })
    void url_is_read_and_shown_as_it_was_written(String url, String host, int port, String hostAndPort) {
        var address = BrokerAddress.of(url);
        assertThat(address.host()).isEqualTo(host);
        assertThat(address.port()).isEqualTo(port);
        assertThat(address.hostAndPort()).isEqualTo(hostAndPort);
        assertThat(address.toString()).isEqualTo(url);
        assertThat(address.isEncrypted()).isEqualTo(url.startsWith("ssl:") || url.startsWith("wss:"));
        assertThat(address.isWebSocket()).isEqualTo(url.startsWith("ws"));
    }

    @ParameterizedTest
    @CsvSource({
        "wss://a, /mqtt, wss://a",
        "wss://a/, /, wss://a/",
        "ws://a?token=geheim, /mqtt?token=geheim, ws://a?****",
        "wss://a:1/p/q?geheim, /p/q?geheim, wss://a:1/p/q?****",
        "wss://a/p?x=1&token=geheim@?/%3D, /p?x=1&token=geheim@?/%3D, wss://a/p?****",
        "wss://my_broker/p?geheim, /p?geheim, wss://my_broker/p?****"
    })
    void query_of_a_websocket_is_sent_and_not_shown(String url, String target, String shown) {
        var address = BrokerAddress.of(url);
        assertThat(address.target()).isEqualTo(target);
        assertThat(address).hasToString(shown).isEqualTo(BrokerAddress.of(url));
        assertThat(address).isNotEqualTo(BrokerAddress.of(url + "0"));
    }

    @Test
    void no_refusal_shows_a_secret_wherever_it_stands() {
        var hosts = List.of(
                "a", "a:1883", "my_broker", "my_broker:1883", "[::1]:1", "", "a b", "a:70000", "a:0", "ü", "-_-:x");
        var schemes = List.of(
                "tcp://",
                "ssl://",
                "ws://",
                "wss://",
                "mqtt://",
                "mqtts://",
                "MQTTS://",
                "http://",
                "TCP://",
                "tcp:/",
                "tcp:",
                "//",
                "",
                "geheim@//");
        var users = List.of(
                "geheim@",
                "u:geheim@",
                "geheim:p@",
                "u:ge?geheim@",
                "u:p/geheim@",
                "u:p#geheim@",
                "u:p@geheim@",
                "u:p geheim@",
                "geheim:1#@");
        var ends = List.of("", "/", "/mqtt", "/mqtt?x=1", " ", "/%", "/ü");
        for (var scheme : schemes) {
            for (var host : hosts) {
                for (var end : ends) {
                    for (var user : users) {
                        assertRefused(scheme + user + host + end);
                    }
                    assertNotShown(scheme + host + end + "?token=geheim");
                    assertNotShown(scheme + host + end + "?geheim#x");
                    assertNotShown(scheme + host + end + "#geheim");
                    assertNotShown(scheme + host + end + "?a=b@geheim");
                    assertNotShown(scheme + host + end + "?a=\ngeheim");
                }
            }
        }
    }

    private static void assertRefused(String url) {
        assertThatThrownBy(() -> BrokerAddress.of(url))
                .as(url)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("geheim");
    }

    private static void assertNotShown(String url) {
        try {
            assertThat(BrokerAddress.of(url).toString()).as(url).doesNotContain("geheim");
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).as(url).doesNotContain("geheim");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://a:1/x, which only ws:// and wss:// have",
        "ssl://a?x=1, which only ws:// and wss:// have",
        "wss://a/mqtt#x, 'has a part behind #'",
        "wss://a/ü, as %C3%BC",
        "tcp://a:0, no valid host and port",
        "tcp://a_b:99999, no valid host and port",
        "tcp://a_b:123456, no valid host and port",
        "tcp://, 'is not a URL; it is written as in tcp://192.168.1.2:1883'",
        "tcp://my broker:1883, 'is not a URL, for it has a blank; it is written as in'",
        "tcp://{host}:1883, 'is not a URL, for it has a {; it is written as in'",
        "tcp://[::1:1883, 'is not a URL; it is written as in tcp://192.168.1.2:1883 or tcp://[fd00::2]:1883'",
        "tcp://300.1.1.1, no valid host and port",
        "tcp://:1883, no valid host and port",
        "mailto:a, must begin with"
    })
    void url_that_means_nothing_is_refused_in_words(String url, String why) {
        assertThatThrownBy(() -> BrokerAddress.of(url)).hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://127.0.0.1", "ws://localhost:9001", "tcp://[::1]"})
    void board_itself_is_known(String url) {
        assertThat(BrokerAddress.of(url).isLocal()).isTrue();
        assertThat(SCHEMES)
                .noneMatch(scheme -> BrokerAddress.of(scheme + "://a.b").isLocal());
    }

    /** By each spelling of a scheme, in any case (RFC 3986, 3.1). */
    @ParameterizedTest
    @CsvSource({
        "mqtt://a, tcp://a", "mqtts://a, ssl://a", "MQTT://a:1, tcp://a:1", "mqttS://[::1], ssl://[::1]",
        "mqtt://my_broker, tcp://my_broker", "TCP://a, tcp://a", "Ssl://a, ssl://a", "WS://a/x, ws://a/x",
        "wSS://a?geheim, wss://a?****"
    })
    void scheme_hasOtherSpellings(String url, String shown) {
        assertThat(BrokerAddress.of(url)).hasToString(shown);
        if (!url.contains("?")) {
            assertThat(BrokerAddress.of(url)).isEqualTo(BrokerAddress.of(shown));
        }
    }
}
