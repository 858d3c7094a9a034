package io.walnutedge.cli;

import io.walnutedge.text.TimeText;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as in the configuration: {@code 500ms}, {@code 1s}, {@code 5min}. */
public final class DurationArgument implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        return TimeText.parse(text)
                .filter(duration -> !duration.isZero())
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is not a time; accepted: a number with us, ms, s, min, h or d, as in 20s"));
    }
}
