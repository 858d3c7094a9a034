package io.walnutedge.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Eight hex digits that tell this machine from others, so that two boards of one name do not throw each other off a
 * broker, which allows each client id once (MQTT 3.1.1, 3.1.4-2). Stateless; any thread.
 */
final class MachineMark {
    private static final int BYTES = 4;
    /** The chip's number: {@code sunxi_chipid} on the 1B's kernel, {@code sunxi_serial} on the 2B's. */
    private static final Pattern CHIP = Pattern.compile("sunxi_(?:chipid|serial)\\s*:\\s*([0-9a-fA-F]+)");

    private MachineMark() {}

    /** A digest of the chip's number, or of machine-id(5), which boards of one image may share; empty without either. */
    static String of(Path sys, Path etc) {
        return read(sys.resolve("class/sunxi_info/sys_info"))
                .flatMap(text -> CHIP.matcher(text).results().findFirst().map(match -> match.group(1)))
                .or(() -> read(etc.resolve("machine-id")).filter(text -> !text.isEmpty()))
                .map(MachineMark::digest)
                .orElse("");
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** machine-id(5) asks not to show the number itself on a network. */
    private static String digest(String number) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("", List.of("walnut-edge", number)).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            // every Java platform has SHA-256
            throw new IllegalStateException(impossible);
        }
    }
}
