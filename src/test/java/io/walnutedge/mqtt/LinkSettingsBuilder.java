package io.walnutedge.mqtt;

import io.walnutedge.config.BrokerAddress;
import io.walnutedge.config.FixedLogin;
import io.walnutedge.config.Login;
import io.walnutedge.config.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of a link of a test, with short pauses. */
public final class LinkSettingsBuilder {
    private final List<BrokerAddress> brokers;
    private Login login = new FixedLogin("board", Optional.empty(), Optional.empty());
    private Duration keepAlive = Duration.ofSeconds(10);
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Optional<Presence> presence = Optional.of(Presence.online(LinkRig.STATUS));
    private int replayRate = 5_000;
    private Duration firstPause = Duration.ofMillis(100);
    private Duration lastPause = Duration.ofMillis(400);

    public LinkSettingsBuilder(BrokerAddress... brokers) {
        this.brokers = List.of(brokers);
    }

    public LinkSettingsBuilder login(Login other) {
        login = other;
        return this;
    }

    LinkSettingsBuilder user(String user, String password) {
        return login(new FixedLogin("board", Optional.of(user), Optional.of(new Secret(password))));
    }

    LinkSettingsBuilder keepAlive(Duration other) {
        keepAlive = other;
        return this;
    }

    LinkSettingsBuilder connectTimeout(Duration other) {
        connectTimeout = other;
        return this;
    }

    LinkSettingsBuilder withoutPresence() {
        presence = Optional.empty();
        return this;
    }

    LinkSettingsBuilder replayRate(int other) {
        replayRate = other;
        return this;
    }

    /** With the daemon's own pauses between rounds. */
    LinkSettingsBuilder unhurried() {
        firstPause = Duration.ofSeconds(2);
        lastPause = Duration.ofSeconds(30);
        return this;
    }

    public LinkSettings build() {
        return new LinkSettings(
                brokers,
                login,
                keepAlive,
                connectTimeout,
                16,
                presence,
                LinkSettings.COMMAND_LIMIT,
                replayRate,
                firstPause,
                lastPause);
    }
}
