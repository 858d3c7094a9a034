package io.walnutedge.discovery;

import io.walnutedge.config.DiscoveryConfig;
import io.walnutedge.config.DiscoveryConfig.Form;
import io.walnutedge.state.StateStore;
import java.util.OptionalInt;

/**
 * In which form Home Assistant is told: as configured, or with a message for each entity where the broker does not take the
 * one of the whole board. That is remembered over restarts, until the brokers, the prefix or the form are configured otherwise,
 * or the message has become smaller. One thread.
 */
final class ChosenForm {
    private static final String KEY = "discovery-refused";

    private final DiscoveryConfig configured;
    private final String broker;
    private final StateStore state;
    private int refused;

    /**
     * @param broker which one it is
     * @param state is not asked before {@link #load}
     */
    ChosenForm(DiscoveryConfig configured, String broker, StateStore state) {
        this.configured = configured;
        this.broker = broker;
        this.state = state;
    }

    /** @param bytes of the message of the whole board */
    void load(int bytes) {
        var kept = state.get(KEY).orElse("");
        var tab = kept.indexOf('\t');
        if (tab > 0) {
            var size = size(kept.substring(0, tab));
            if (configured.form() == Form.DEVICE && kept.substring(tab + 1).equals(place()) && bytes >= size) {
                refused = size;
            } else {
                state.put(KEY, "");
            }
        }
    }

    /** What is no size is too large: it counts as forgotten. */
    private static int size(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
    }

    private String place() {
        return configured.prefix() + "\t" + broker;
    }

    /** The broker does not take a message of so many bytes: it has cost connections to know that. */
    void refuse(int bytes) {
        refused = bytes;
        // the file tells of its trouble itself
        state.putNow(KEY, bytes + "\t" + place(), why -> {});
    }

    /** Bytes of the message that the broker did not take; empty where it is told as configured. */
    OptionalInt refused() {
        return refused > 0 ? OptionalInt.of(refused) : OptionalInt.empty();
    }

    DiscoveryConfig config() {
        return refused > 0 ? configured.as(Form.COMPONENT) : configured;
    }
}
