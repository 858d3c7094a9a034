package io.walnutedge.mqtt;

import io.walnutedge.config.BrokerAddress;
import io.walnutedge.config.Login;
import io.walnutedge.config.MqttConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How the link speaks to its broker. Immutable; any thread.
 *
 * @param brokers tried in order, at least one
 * @param connectTimeout for TCP, TLS, WebSocket and CONNACK together; the name has a time of its own
 * @param window readings that may wait for their acknowledgement
 * @param presence what is published of the connection itself, if anything
 * @param payloadLimit bytes; of a longer message that comes in only one byte more is kept
 * @param replayRate readings of the backlog in a second
 * @param firstPause at most this long, and at least half of it, before the second round of the list
 * @param lastPause what the pause grows to
 */
public record LinkSettings(
        List<BrokerAddress> brokers,
        Login login,
        Duration keepAlive,
        Duration connectTimeout,
        int window,
        Optional<Presence> presence,
        int payloadLimit,
        int replayRate,
        Duration firstPause,
        Duration lastPause) {

    /** A command is at most this long, in bytes; what is longer is refused before it is parsed. */
    public static final int COMMAND_LIMIT = 4096;

    /** For the broker's name: as long as the C library's own, with its usual two attempts of 5 s (resolv.conf(5)). */
    public static final Duration NAME_LOOKUP = Duration.ofSeconds(10);

    /** After this time an attempt to connect is given up, whatever it waits for. */
    public Duration attempt() {
        return connectTimeout.plus(NAME_LOOKUP);
    }

    /** By then the first attempt has succeeded, or it is known why not, unless the name and the broker are both slow. */
    public Duration verdict() {
        var longer = connectTimeout.compareTo(NAME_LOOKUP) > 0 ? connectTimeout : NAME_LOOKUP;
        return longer.plusSeconds(1);
    }

    /** The daemon's own link. */
    public static LinkSettings of(MqttConfig config, int replayRate) {
        return new LinkSettings(
                config.connection().brokers(),
                config.connection().login(),
                config.timing().keepAlive(),
                config.timing().connectTimeout(),
                config.timing().window(),
                config.readingsOnly()
                        ? Optional.empty()
                        : Optional.of(Presence.online(config.topics().status())),
                COMMAND_LIMIT,
                replayRate,
                Duration.ofSeconds(2),
                Duration.ofSeconds(30));
    }

    /** For a tool beside the daemon: an own client id, or the broker would end the daemon's link, and no status. */
    public LinkSettings asGuest(String guestId, int limit) {
        return with(login.as(any -> guestId), Optional.empty(), limit);
    }

    /** For another link of the daemon: the broker takes one will with each connection, and ends one of two with the same id. */
    public LinkSettings beside(UnaryOperator<String> otherId, Presence other) {
        return with(login.as(otherId), Optional.of(other), payloadLimit);
    }

    private LinkSettings with(Login as, Optional<Presence> other, int limit) {
        return new LinkSettings(
                brokers, as, keepAlive, connectTimeout, window, other, limit, replayRate, firstPause, lastPause);
    }
}
