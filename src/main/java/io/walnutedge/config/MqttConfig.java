package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.hocon.UserPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Section {@code mqtt}: the broker and how to speak to it. Immutable; any thread.
 *
 * @param readings the defaults of readings whose own tables do not say otherwise
 * @param readingsOnly where the broker takes nothing else: no status, no will, no states, no commands
 * @param discovery how Home Assistant is told of this board
 * @param homie on a connection of its own
 * @param description whether it is published what the device is
 */
public record MqttConfig(
        Connection connection,
        Timing timing,
        ReadingDefaults readings,
        DeviceTopics topics,
        boolean readingsOnly,
        DiscoveryConfig discovery,
        HomieConfig homie,
        boolean description) {

    /**
     * Which broker, and what it is shown.
     *
     * @param brokers tried in order, at least one
     */
    public record Connection(List<BrokerAddress> brokers, Login login, TlsConfig tls) {}

    /**
     * How long, how often, and how much at a time.
     *
     * @param keepAlive MQTT 3.1.1, 3.1.2.10
     * @param connectTimeout for TCP, TLS, WebSocket and CONNACK together
     * @param window QoS 1 messages that may wait for their acknowledgement
     * @param queue readings kept in memory while the broker is away and the outbox takes none, oldest dropped first
     * @param healthEvery how often the daemon's own figures are published; zero: never
     */
    public record Timing(Duration keepAlive, Duration connectTimeout, int window, int queue, Duration healthEvery) {
        static Timing from(ConfigTable settings) {
            return new Timing(
                    settings.duration(
                            "keep-alive", Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofSeconds(65_535)),
                    settings.duration(
                            "connect-timeout", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(5)),
                    settings.integer("window", 16, 1, 1000),
                    settings.integer("queue", 10_000, 10, 1_000_000),
                    settings.durationOrOff(
                            "health-every", Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofDays(1)));
        }
    }

    /**
     * The topics of the device that have keys of their own.
     *
     * @param base {@code <prefix>/<device>}, under which every topic stands that the configuration does not give itself
     */
    public record DeviceTopics(String base, String status, String command, String result) {
        static DeviceTopics from(ConfigTable settings, DeviceConfig device) {
            var base = Topics.readPrefix(settings, "topic-prefix", "walnutpi") + "/" + device.id();
            var command = Topics.readConcrete(settings, "command-topic", base + "/command");
            return new DeviceTopics(
                    base,
                    Topics.readConcrete(settings, "status-topic", base + "/status"),
                    command,
                    Topics.readConcrete(settings, "result-topic", command + "/result"));
        }
    }

    /** Section {@code mqtt.tls}; PEM files. */
    public record TlsConfig(
            Optional<Path> caFile, Optional<Path> certificateFile, Optional<Path> keyFile, boolean verifyHostName) {

        static TlsConfig from(ConfigTable settings) {
            var tls = new TlsConfig(
                    readableFile(settings, "ca-file"),
                    readableFile(settings, "certificate-file"),
                    readableFile(settings, "key-file"),
                    settings.flag("verify-host-name", true));
            if (tls.certificateFile.isPresent() != tls.keyFile.isPresent()) {
                settings.problem("certificate-file and key-file belong together; one of them is missing");
            }
            settings.finish();
            return tls;
        }

        /** What a path leads to, in words, where that is something else than a file; nothing is said of one that is missing. */
        public static Optional<String> noFile(Path path) {
            if (Files.isDirectory(path)) {
                return Optional.of(path + " is a directory, not a file; name one file, certificates may stand in it one"
                        + " behind the other");
            }
            return Files.exists(path) && !Files.isRegularFile(path)
                    ? Optional.of(path + " is a FIFO, a socket or a device, not a file")
                    : Optional.empty();
        }
    }

    /** @param device for the topics and the client id */
    public static MqttConfig from(ConfigTable settings, DeviceConfig device) {
        var topics = DeviceTopics.from(settings, device);
        var brokers = brokers(settings);
        var encrypted = brokers.stream().anyMatch(BrokerAddress::isEncrypted);
        var cloud = CloudLogin.read(settings, encrypted);
        var login = cloud.orElseGet(
                () -> PasswordLogin.read(settings, settings.text("client-id", clientId(device)), System.getenv()));
        var readingsOnly = settings.flag("readings-only", false);
        var discovery = DiscoveryConfig.from(settings, readingsOnly);
        var homie = HomieConfig.from(settings);
        var config = new MqttConfig(
                new Connection(brokers, login, TlsConfig.from(settings.sectionOrEmpty("tls"))),
                Timing.from(settings),
                ReadingDefaults.from(settings, topics.base),
                topics,
                readingsOnly,
                discovery,
                homie,
                settings.flag("description", discovery.isOn() || homie.enabled()));
        if (homie.enabled() && (readingsOnly || cloud.isPresent())) {
            settings.problem(
                    "homie",
                    "needs a second connection with another client-id, and a broker that takes all topics; leave it out"
                            + " beside readings-only and login");
        }
        config.checkTexts(settings, cloud.isPresent());
        settings.finish();
        return config;
    }

    /** Client id and login, as they are sent. */
    private void checkTexts(ConfigTable settings, boolean computed) {
        // at any time it is as long as at another, and has the same characters
        var login = connection.login.at(Instant.EPOCH);
        var clientId = login.clientId();
        var user = login.user();
        if (computed) {
            if (!MqttText.fits(clientId) || user.filter(MqttText::fits).isEmpty()) {
                settings.problem("login", "makes a client id or user longer than " + MqttText.MAX_BYTES + " bytes");
            }
        } else {
            MqttText.check(settings, "client-id", "client id", clientId);
            user.ifPresent(name -> MqttText.check(settings, "user", "user", name));
        }
        if (homie.enabled() && !MqttText.fits(HomieConfig.clientId(clientId))) {
            settings.problem("client-id", "leaves no room for that of homie within " + MqttText.MAX_BYTES + " bytes");
        }
        login.password()
                .filter(secret -> secret.utf8().length > MqttText.MAX_BYTES)
                .ifPresent(secret -> settings.problem(
                        "password-file",
                        "a password has at most " + MqttText.MAX_BYTES + " bytes (MQTT 3.1.1, 3.1.3.5)"));
    }

    /** The same with other brokers. */
    public MqttConfig withBrokers(List<BrokerAddress> others) {
        return new MqttConfig(
                new Connection(others, connection.login, connection.tls),
                timing,
                readings,
                topics,
                readingsOnly,
                discovery,
                homie,
                description);
    }

    private static String clientId(DeviceConfig device) {
        return "walnut-edge-" + device.id() + (device.mark().isEmpty() ? "" : "-" + device.mark());
    }

    private static List<BrokerAddress> brokers(ConfigTable settings) {
        var urls = settings.has("broker") ? settings.texts("broker") : List.of("tcp://127.0.0.1:1883");
        if (urls.isEmpty()) {
            settings.problem("broker", "an empty list; give at least one URL");
        }
        var brokers = new ArrayList<BrokerAddress>();
        for (var url : urls) {
            try {
                brokers.add(BrokerAddress.of(url));
            } catch (IllegalArgumentException refused) {
                settings.problem("broker", String.valueOf(refused.getMessage()));
            }
        }
        checkFallback(settings, brokers);
        return List.copyOf(brokers);
    }

    /** Whoever can block TLS would get the login, and could give commands. */
    private static void checkFallback(ConfigTable settings, List<BrokerAddress> brokers) {
        var allowed = settings.flag("plain-fallback", false);
        var encrypted = brokers.stream().filter(BrokerAddress::isEncrypted).findFirst();
        // what never leaves the board nobody hears
        var plain = brokers.stream()
                .filter(each -> !each.isEncrypted() && !each.isLocal())
                .findFirst();
        if (!allowed && encrypted.isPresent() && plain.isPresent()) {
            settings.problem(
                    "broker",
                    "whoever blocks " + encrypted.get() + " gets login and readings in the clear by " + plain.get()
                            + ", and can give commands; use ssl:// or wss:// for all, or allow it with plain-fallback ="
                            + " true");
        }
    }

    private static Optional<Path> readableFile(ConfigTable settings, String key) {
        var file = UserPath.read(settings, key);
        file.flatMap(MqttConfig::obstacle).ifPresent(why -> settings.problem(key, why));
        return file;
    }

    /** What is in it is read for each connection, and by {@code check}. */
    private static Optional<String> obstacle(Path file) {
        return TlsConfig.noFile(file)
                .or(() -> Files.isReadable(file)
                        ? Optional.empty()
                        : Optional.of(file + " does not exist or cannot be read by this user"));
    }
}
