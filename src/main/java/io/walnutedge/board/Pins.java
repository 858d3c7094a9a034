package io.walnutedge.board;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Turns what a user calls a pin into a line: a header position ({@code 11}), a SoC name ({@code PC9}) or a sysfs number
 * ({@code gpio73}). Reads sysfs at each call; any thread.
 */
public final class Pins {
    private static final Pattern POSITION = Pattern.compile("[0-9]{1,9}");
    private static final Pattern SOC_NAME = Pattern.compile("P[A-Z][0-9]{1,2}");
    private static final Pattern NUMBER = Pattern.compile("GPIO([0-9]{1,6})");

    private static final String ACCEPTED =
            "accepted: a header position as 11, a SoC name as PC9, or a sysfs number as gpio73";

    private final Board board;
    private final Path sys;

    public Pins(Board board, Path sys) {
        this.board = board;
        this.sys = sys;
    }

    /**
     * One position of the header, for tables.
     *
     * @param sysfs empty where there is no line, or its controller is not there
     */
    public record Row(HeaderPin pin, OptionalInt sysfs) {}

    /**
     * The line behind a pin of this board.
     *
     * @throws PinException if there is none, it cannot be used, or its controller is not there
     */
    public Pin resolve(String text) throws PinException {
        var controllers = controllers();
        var number = number(text);
        if (number.isPresent()) {
            return ofNumber(number.getAsInt(), controllers, board.header());
        }
        var header = board.header().orElseThrow(() -> new PinException(unknownBoard(text)));
        var pin = usable(find(text, header));
        return new Pin(pin.describe(), sysfs(pin, controllers));
    }

    /**
     * What is the same for all names of one line, so that a line that is used twice is found also on a machine that is
     * not the board: without controllers the bases of the vendor's kernels count, and without a device tree the header of
     * the 1B.
     *
     * @throws PinException if the text names no pin that could be used
     */
    public String identity(String text) throws PinException {
        if (!board.model().isEmpty() && !controllers().isEmpty()) {
            return "gpio" + resolve(text).sysfs();
        }
        if (!board.model().isEmpty() && !board.isKnown() && number(text).isEmpty()) {
            throw new PinException(unknownBoard(text));
        }
        var header = board.header().orElseGet(Board::reference);
        var number = number(text);
        var found = number.isPresent() ? header.vendorNumber(number.getAsInt()) : Optional.of(find(text, header));
        return found.isEmpty()
                ? "gpio" + number.orElse(-1)
                : usable(found.get()).name();
    }

    /** The header as a table; empty where the board is not known. */
    public List<Row> rows() throws PinException {
        var controllers = controllers();
        return board.header().map(Header::pins).orElse(List.of()).stream()
                .map(pin -> new Row(
                        pin,
                        controllers.stream()
                                .filter(controller ->
                                        pin.isLine() && controller.label().equals(pin.controller()))
                                .mapToInt(controller -> controller.base() + pin.line())
                                .findFirst()))
                .toList();
    }

    private List<Controller> controllers() throws PinException {
        try {
            return Controller.all(sys);
        } catch (IOException unreadable) {
            throw new PinException("the GPIO controllers cannot be read: " + unreadable.getMessage());
        }
    }

    private static OptionalInt number(String text) {
        var match = NUMBER.matcher(text.toUpperCase(Locale.ROOT));
        return match.matches() ? OptionalInt.of(Integer.parseInt(match.group(1))) : OptionalInt.empty();
    }

    private Pin ofNumber(int number, List<Controller> controllers, Optional<Header> header) throws PinException {
        var controller = controllers.stream()
                .filter(each -> each.has(number))
                .findFirst()
                .orElseThrow(() -> new PinException(
                        "no GPIO controller has line gpio" + number + "; there are: " + list(controllers)));
        var pin = header.flatMap(map -> map.behind(controller.label(), number - controller.base()));
        return new Pin(pin.isPresent() ? usable(pin.get()).describe() : "gpio" + number, number);
    }

    private int sysfs(HeaderPin pin, List<Controller> controllers) throws PinException {
        return controllers.stream()
                .filter(controller -> controller.label().equals(pin.controller()) && pin.line() < controller.lines())
                .mapToInt(controller -> controller.base() + pin.line())
                .findFirst()
                .orElseThrow(() -> new PinException("the GPIO controller " + pin.controller() + " of " + pin.describe()
                        + " is not in " + sys.resolve("class/gpio") + "; there are: " + list(controllers)));
    }

    private static String list(List<Controller> controllers) {
        return controllers.isEmpty()
                ? "none (does the kernel have CONFIG_GPIO_SYSFS?)"
                : controllers.stream().map(Controller::describe).collect(Collectors.joining(", "));
    }

    private static HeaderPin usable(HeaderPin pin) throws PinException {
        var obstacle = pin.obstacle();
        if (obstacle.isPresent()) {
            throw new PinException(obstacle.get());
        }
        return pin;
    }

    private static HeaderPin find(String text, Header header) throws PinException {
        if (POSITION.matcher(text).matches()) {
            return header.at(Integer.parseInt(text))
                    .orElseThrow(() -> new PinException("there is no header position " + text
                            + "; the header has 1 to 40 (a sysfs number is written gpio" + text + ")"));
        }
        var named = header.named(text);
        if (named.isPresent()) {
            return named.get();
        }
        var near = header.near(text);
        var hint = near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
        throw new PinException(
                SOC_NAME.matcher(text.toUpperCase(Locale.ROOT)).matches()
                        ? text + " is not on this board's header" + hint
                        : "'" + text + "' names no pin; " + ACCEPTED + hint);
    }

    private String unknownBoard(String text) {
        return "the pins of this board are not known (" + board.describe() + "), so '" + text
                + "' cannot be placed; name the line by its sysfs number, as gpio73";
    }
}
