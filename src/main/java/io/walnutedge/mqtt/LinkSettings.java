package io.walnutedge.mqtt;

import io.walnutedge.config.MqttConfig;
import io.walnutedge.config.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the link speaks to its broker. Immutable; any thread.
 *
 * @param brokers tried in order, at least one
 * @param connectTimeout for DNS, TCP, TLS, WebSocket and CONNACK together
 * @param window readings that may wait for their acknowledgement
 * @param statusTopic where {@code online} and {@code offline} are published, if at all
 * @param payloadLimit bytes; of a longer message that comes in only one byte more is kept
 * @param replayRate readings of the backlog in a second
 * @param firstPause at most this long, and at least half of it, before the second round of the list
 * @param lastPause what the pause grows to
 */
public record LinkSettings(
        List<URI> brokers,
        String clientId,
        Optional<String> user,
        Optional<Secret> password,
        Duration keepAlive,
        Duration connectTimeout,
        int window,
        Optional<String> statusTopic,
        int payloadLimit,
        int replayRate,
        Duration firstPause,
        Duration lastPause) {

    /** A command is at most this long, in bytes; what is longer is refused before it is parsed. */
    public static final int COMMAND_LIMIT = 4096;

    /** The daemon's own link. */
    public static LinkSettings of(MqttConfig config, int replayRate) {
        return new LinkSettings(
                config.brokers(),
                config.clientId(),
                config.user(),
                config.password(),
                config.keepAlive(),
                config.connectTimeout(),
                config.window(),
                config.readingsOnly() ? Optional.empty() : Optional.of(config.statusTopic()),
                COMMAND_LIMIT,
                replayRate,
                Duration.ofSeconds(2),
                Duration.ofSeconds(30));
    }

    /** For a tool beside the daemon: an own client id, or the broker would end the daemon's link, and no status. */
    public LinkSettings asGuest(String guestId, int limit) {
        return new LinkSettings(
                brokers,
                guestId,
                user,
                password,
                keepAlive,
                connectTimeout,
                window,
                Optional.empty(),
                limit,
                replayRate,
                firstPause,
                lastPause);
    }

    /** With other pauses between rounds. */
    public LinkSettings withPauses(Duration first, Duration last) {
        return new LinkSettings(
                brokers,
                clientId,
                user,
                password,
                keepAlive,
                connectTimeout,
                window,
                statusTopic,
                payloadLimit,
                replayRate,
                first,
                last);
    }
}
