package io.walnutedge.fault;

import java.time.Duration;

/**
 * What a {@link FaultProxy} does to connections.
 *
 * @param door what meets who connects
 * @param up what happens to bytes from the client to the broker
 * @param down and to those from the broker
 * @param delay of each piece of at most 4 KiB, in both directions
 * @param bytesPerSecond in each direction; 0 is no limit
 */
record Conditions(Door door, Flow up, Flow down, Duration delay, int bytesPerSecond, Cut cut) {
    static final Conditions CLEAR = new Conditions(Door.OPEN, Flow.PASS, Flow.PASS, Duration.ZERO, 0, Cut.NEVER);

    enum Door {
        OPEN,
        /** Nobody listens; open connections are reset. */
        SHUT,
        /** Connections are accepted and never answered; those before are reset. */
        SILENT,
        /** Connections are closed after their first bytes; those before are reset. */
        SLAMMED
    }

    enum Flow {
        PASS,
        /** Bytes wait until conditions change. */
        HOLD,
        /** Bytes disappear, and from then on all bytes of this connection, whatever the conditions. */
        SWALLOW
    }

    /**
     * Ends each connection.
     *
     * @param upBytes after so many bytes of the client since the conditions began, also within a packet; -1 is never
     * @param reset as a router that forgot does, or else with an orderly end of the stream behind half a packet
     */
    record Cut(long upBytes, boolean reset) {
        static final Cut NEVER = new Cut(-1, false);
    }

    static Conditions of(Door door) {
        return new Conditions(door, Flow.PASS, Flow.PASS, Duration.ZERO, 0, Cut.NEVER);
    }

    static Conditions of(Flow up, Flow down) {
        return new Conditions(Door.OPEN, up, down, Duration.ZERO, 0, Cut.NEVER);
    }

    static Conditions of(Cut cut) {
        return new Conditions(Door.OPEN, Flow.PASS, Flow.PASS, Duration.ZERO, 0, cut);
    }

    static Conditions delayed(Duration delay) {
        return new Conditions(Door.OPEN, Flow.PASS, Flow.PASS, delay, 0, Cut.NEVER);
    }

    static Conditions throttled(int bytesPerSecond) {
        return new Conditions(Door.OPEN, Flow.PASS, Flow.PASS, Duration.ZERO, bytesPerSecond, Cut.NEVER);
    }

    Flow flow(boolean isUp) {
        return isUp ? up : down;
    }
}
