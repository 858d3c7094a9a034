package io.walnutedge.reading;

/** A measured value: a finite number, or a text. Immutable; any thread. */
public sealed interface Value extends Outcome {

    /** @throws IllegalArgumentException if {@code number} is not finite: unknown values are never published */
    static Value of(double number) {
        return new Numeric(number);
    }

    static Value of(String text) {
        return new Text(text);
    }

    /** {@code this * factor + offset}; a text stays what it is. */
    Value scaled(double factor, double offset);

    /** As plain text with exactly {@code decimals} decimals, half up, never in scientific notation; a text as it is. */
    String format(int decimals);

    /** True where the value is a number, so that JSON writes {@link #format} without quotes. */
    boolean isNumber();

    /** A finite number. */
    record Numeric(double number) implements Value {
        public Numeric {
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException("not a finite number: " + number);
            }
        }

        @Override
        public Value scaled(double factor, double offset) {
            return new Numeric(number * factor + offset);
        }

        @Override
        public String format(int decimals) {
            var text = new java.math.BigDecimal(Double.toString(number))
                    .setScale(decimals, java.math.RoundingMode.HALF_UP)
                    .toPlainString();
            return isNegativeZero(text) ? text.substring(1) : text;
        }

        private static boolean isNegativeZero(String text) {
            return text.startsWith("-") && text.chars().allMatch(c -> c == '-' || c == '0' || c == '.');
        }

        @Override
        public boolean isNumber() {
            return true;
        }
    }

    /** A text, for sources that have no number. */
    record Text(String text) implements Value {
        @Override
        public Value scaled(double factor, double offset) {
            return this;
        }

        @Override
        public String format(int decimals) {
            return text;
        }

        @Override
        public boolean isNumber() {
            return false;
        }
    }
}
