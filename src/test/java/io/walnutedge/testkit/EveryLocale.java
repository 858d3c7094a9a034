package io.walnutedge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** The default locale of this process, set to each that the virtual machine knows. One test at a time. */
public final class EveryLocale {
    /** Digits of other scripts, also in place of Latin ones, and other calendars (BCP 47, extension u). */
    private static final List<String> MORE = List.of(
            "fa-IR-u-nu-arabext",
            "ar-EG-u-nu-arab",
            "hi-IN-u-nu-deva",
            "zh-CN-u-nu-fullwide",
            "zh-CN-u-nu-hanidec",
            "bn-BD-u-nu-beng",
            "my-MM-u-nu-mymr",
            "th-TH-u-ca-buddhist-nu-thai",
            "ja-JP-u-ca-japanese",
            "tr-TR",
            "az-AZ",
            "lt-LT",
            "de-CH");

    private EveryLocale() {}

    /** All of them; the first is that in which the program runs. */
    public static List<Locale> all() {
        var all = new ArrayList<Locale>();
        all.add(Locale.ROOT);
        all.addAll(Arrays.asList(Locale.getAvailableLocales()));
        MORE.stream().map(Locale::forLanguageTag).forEach(all::add);
        return all;
    }

    /** Asserts that in each of them the same comes out. */
    public static void assertSame(Callable<?> work) throws Exception {
        var before = Locale.getDefault();
        try {
            Object first = null;
            for (var locale : all()) {
                Locale.setDefault(locale);
                var result = work.call();
                first = first == null ? result : first;
                if (!result.equals(first)) {
                    assertThat(result).as("in %s", locale.toLanguageTag()).isEqualTo(first);
                }
            }
        } finally {
            Locale.setDefault(before);
        }
    }
}
