package io.walnutedge.board;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which board this is. Immutable; any thread.
 *
 * @param model as the device tree has it; empty on a machine without one, such as a PC
 * @param map the name of its pin map; empty where the board is not known
 */
public record Board(String model, Optional<String> map) {
    private static final String MAP_1B = "walnutpi-1b";
    private static final String MAP_1B_EMMC = "walnutpi-1b-emmc";
    private static final String MAP_2B = "walnutpi-2b";

    /** The boards with a pin map. */
    public static final List<String> KNOWN = List.of(MAP_1B, MAP_1B_EMMC, MAP_2B);

    /** Reads {@code device-tree/model}, which ends with a NUL (Devicetree Specification 2.2.4, string). */
    public static Board detect(Path proc) {
        try {
            var bytes = Files.readAllBytes(proc.resolve("device-tree/model"));
            return of(
                    new String(bytes, StandardCharsets.UTF_8).replace("\0", "").strip());
        } catch (IOException none) {
            return of("");
        }
    }

    /** The board of a model; models of the vendor's kernels and of the community's {@code WalnutPi 1B / Zero} are known. */
    public static Board of(String model) {
        var plain = model.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return new Board(
                model, plain.startsWith("walnutpi") ? map(plain.substring("walnutpi".length())) : Optional.empty());
    }

    private static Optional<String> map(String variant) {
        return switch (variant) {
            case "1b", "1bzero", "1bzerow", "zero", "zerow" -> Optional.of(MAP_1B);
            case "1bemmc" -> Optional.of(MAP_1B_EMMC);
            case "2b" -> Optional.of(MAP_2B);
            default -> Optional.empty();
        };
    }

    public boolean isKnown() {
        return map.isPresent();
    }

    Optional<Header> header() {
        return map.map(Header::load);
    }

    /** The header of the 1B, by which pins are judged on a machine that is no board at all. */
    static Header reference() {
        return Header.load(MAP_1B);
    }

    /** For tables and errors. */
    public String describe() {
        return model.isEmpty() ? "a machine without a device tree" : model + (isKnown() ? "" : " (not known here)");
    }
}
