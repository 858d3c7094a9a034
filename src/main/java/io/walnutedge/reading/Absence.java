package io.walnutedge.reading;

/**
 * Why a quantity has no value now. Immutable; any thread.
 *
 * @param reason a sentence for the sensor's owner, which may be published
 * @param failed true where its channel has failed; false in a normal state, such as a channel that is switched off or over
 *     its range, or a distance sensor with nothing before it
 */
public record Absence(String reason, boolean failed) implements Outcome {
    public static Absence normal(String reason) {
        return new Absence(reason, false);
    }

    public static Absence failure(String reason) {
        return new Absence(reason, true);
    }
}
