package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;

/**
 * How readings are written: keys {@code format} and {@code template}, at the measurement, its sensor or {@code mqtt}.
 * Immutable; any thread.
 */
public record Payload(PayloadFormat format, Template template) {
    static final Payload PLAIN = new Payload(PayloadFormat.PLAIN, Template.NONE);

    /** A template is a format by itself; a format takes away a template from further out. */
    public static Payload read(ConfigTable settings, Payload fallback) {
        if (settings.has("template")) {
            if (settings.choice("format", PayloadFormat.TEMPLATE) != PayloadFormat.TEMPLATE) {
                settings.problem("format", "and template exclude each other");
            }
            return new Payload(PayloadFormat.TEMPLATE, Template.read(settings, "template"));
        }
        var format = settings.choice("format", fallback.format);
        if (format != PayloadFormat.TEMPLATE) {
            return new Payload(format, Template.NONE);
        }
        if (fallback.format != PayloadFormat.TEMPLATE) {
            settings.problem("format", "template needs the key template");
        }
        return fallback;
    }
}
