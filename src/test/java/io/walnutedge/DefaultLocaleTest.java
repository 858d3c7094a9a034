package io.walnutedge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.text.Collator;
import java.text.DateFormat;
import java.text.DateFormatSymbols;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.text.SimpleDateFormat;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.time.temporal.WeekFields;
import java.util.Calendar;
import java.util.Currency;
import java.util.Formatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Scanner;
import java.util.TimeZone;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What the build's rule against the default locale finds, and what it lets pass. */
class DefaultLocaleTest {
    /** One forbidden call or reference in each method. */
    @SuppressWarnings("all")
    private static final class Forbidden {
        Object format() {
            return String.format("%d", 1);
        }

        Object formatted() {
            return "%d".formatted(1);
        }

        Object lower() {
            return "I".toLowerCase();
        }

        Object upper() {
            return "i".toUpperCase();
        }

        UnaryOperator<String> reference() {
            return String::toUpperCase;
        }

        UnaryOperator<String> lambda() {
            return text -> text.toLowerCase();
        }

        Object printf(PrintStream out) {
            return out.printf("%d", 1);
        }

        Object streamFormat(PrintStream out) {
            return out.format("%d", 1);
        }

        Object writerPrintf(PrintWriter out) {
            return out.printf("%d", 1);
        }

        Object writerFormat(PrintWriter out) {
            return out.format("%d", 1);
        }

        Object subclass(OutputStream sink) {
            return new PrintStream(sink, true, StandardCharsets.UTF_8) {}.printf("%d", 1);
        }

        Object formatter() {
            return new Formatter();
        }

        Object formatterOf() {
            return new Formatter(new StringBuilder());
        }

        Object formatterOfStream(PrintStream out) {
            return new Formatter(out);
        }

        Object number() {
            return NumberFormat.getInstance();
        }

        Object integer() {
            return NumberFormat.getIntegerInstance();
        }

        Object percent() {
            return NumberFormat.getPercentInstance();
        }

        Object decimal() {
            return new DecimalFormat("0.0");
        }

        Object plainDecimal() {
            return new DecimalFormat();
        }

        Object symbols() {
            return new DecimalFormatSymbols();
        }

        Object symbolsInstance() {
            return DecimalFormatSymbols.getInstance();
        }

        Object dateSymbols() {
            return new DateFormatSymbols();
        }

        Object message() {
            return new MessageFormat("{0}");
        }

        Object staticMessage() {
            return MessageFormat.format("{0}", 1);
        }

        Object simpleDate() {
            return new SimpleDateFormat("yyyy");
        }

        Object plainSimpleDate() {
            return new SimpleDateFormat();
        }

        Object date() {
            return DateFormat.getInstance();
        }

        Object dateTime() {
            return DateFormat.getDateTimeInstance();
        }

        Object pattern() {
            return DateTimeFormatter.ofPattern("uuuu");
        }

        Object localized() {
            return DateTimeFormatter.ofLocalizedDate(FormatStyle.SHORT);
        }

        Object builder() {
            return new DateTimeFormatterBuilder().toFormatter();
        }

        Object scanner() {
            return new Scanner("1");
        }

        Object collator() {
            return Collator.getInstance();
        }

        Object words() {
            return BreakIterator.getWordInstance();
        }

        Object bundle() {
            return ResourceBundle.getBundle("x");
        }

        Object calendar() {
            return Calendar.getInstance();
        }

        Object zone() {
            return TimeZone.getDefault().getDisplayName();
        }

        Object currency() {
            return Currency.getInstance("EUR").getDisplayName();
        }

        Object symbol() {
            return Currency.getInstance("EUR").getSymbol();
        }

        Object locale() {
            return Locale.ROOT.getDisplayName();
        }

        Object language() {
            return Locale.ROOT.getDisplayLanguage();
        }

        Object itself() {
            return Locale.getDefault();
        }

        Object category() {
            return Locale.getDefault(Locale.Category.FORMAT);
        }
    }

    /** With a locale, or not dependent on one. */
    @SuppressWarnings("all")
    private static final class Allowed {
        Object all(PrintStream out, StringBuilder text) {
            out.printf(Locale.ROOT, "%d", 1);
            new Formatter(text, Locale.ROOT);
            new DecimalFormat("0", DecimalFormatSymbols.getInstance(Locale.ROOT));
            new MessageFormat("{0}", Locale.ROOT);
            new SimpleDateFormat("yyyy", Locale.ROOT);
            NumberFormat.getInstance(Locale.ROOT);
            DateTimeFormatter.ofPattern("uuuu", Locale.ROOT);
            WeekFields.of(Locale.ROOT);
            java.time.DayOfWeek.MONDAY.getDisplayName(TextStyle.SHORT, Locale.ROOT);
            Collator.getInstance(Locale.ROOT);
            HexFormat.of().formatHex(new byte[1]);
            Integer.toString(1);
            Double.toString(1.5);
            java.math.BigDecimal.ONE.toPlainString();
            "a".equalsIgnoreCase("A");
            Character.toLowerCase('A');
            "a".compareToIgnoreCase("A");
            java.time.Instant.EPOCH.toString();
            return String.format(Locale.ROOT, "%d", 1).toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT);
        }
    }

    private static java.util.List<String> found(Class<?> type) {
        return ArchRuleDefinition.noClasses()
                .should(new DefaultLocale())
                .evaluate(new ClassFileImporter().importClasses(type))
                .getFailureReport()
                .getDetails();
    }

    @Test
    void eachCallThatTakesTheDefaultLocale_isFound() {
        var found = String.join("\n", found(Forbidden.class));
        for (var method : Forbidden.class.getDeclaredMethods()) {
            // the body of a lambda is a method of its own
            if (!method.isSynthetic()) {
                assertThat(found).contains("Forbidden." + method.getName() + "(");
            }
        }
    }

    @Test
    void callsWithALocale_orWithoutNeedOfOne_pass() {
        assertThat(found(Allowed.class)).isEmpty();
    }
}
