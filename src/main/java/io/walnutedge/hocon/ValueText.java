package io.walnutedge.hocon;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.walnutedge.text.Redaction;
import io.walnutedge.text.TimeText;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A value as it was written, and as a message shows it. Stateless; any thread. */
final class ValueText {
    private ValueText() {}

    /** As it stands in the file: {@code 007} and {@code 1e3} are what they are, and not 7 and 1000. */
    static String written(ConfigValue value) {
        return value instanceof ConfigObject || value instanceof ConfigList
                ? String.valueOf(value.unwrapped())
                : value.atKey("x").getString("x");
    }

    static @Nullable BigDecimal number(ConfigValue value) {
        var text = String.valueOf(value.unwrapped()).strip();
        try {
            if (value.valueType() == ConfigValueType.NUMBER) {
                return new BigDecimal(text);
            }
            if (value.valueType() == ConfigValueType.STRING && text.matches("0[xX][0-9a-fA-F]{1,8}")) {
                return BigDecimal.valueOf(Long.parseLong(text.substring(2), 16));
            }
            // what comes from the environment is a text
            return value.valueType() == ConfigValueType.STRING && text.matches("[+-]?[0-9]{1,20}(\\.[0-9]{1,20})?")
                    ? new BigDecimal(text)
                    : null;
        } catch (NumberFormatException notFinite) {
            return null;
        }
    }

    /** How a text is written that looks like something else. */
    static String quoted(ConfigValue value) {
        return switch (value.valueType()) {
            case NUMBER, BOOLEAN -> "; as one it is written \"" + written(value) + "\"";
            case OBJECT, LIST, STRING, NULL -> "";
        };
    }

    static String shown(ConfigValue value) {
        var text = value.valueType() == ConfigValueType.NUMBER
                ? written(value)
                : value.render(ConfigRenderOptions.concise());
        // in a section or a list that stands in the place of a broker's URL there may be one
        var safe = Redaction.of(text);
        return safe.length() > 60 ? safe.substring(0, 57) + "..." : safe;
    }

    /** The end of a range. */
    static String bound(double bound) {
        return new BigDecimal(Double.toString(bound)).stripTrailingZeros().toPlainString();
    }

    /** The end of a range. */
    static String bound(Duration bound) {
        return TimeText.of(bound);
    }
}
