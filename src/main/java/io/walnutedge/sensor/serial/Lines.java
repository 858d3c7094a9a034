package io.walnutedge.sensor.serial;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Cuts what comes over a line into lines of text. What is not UTF-8, or longer than the limit, is no line. One thread.
 */
final class Lines {
    /** In bytes; NMEA 0183 allows 82, and what sensors print is of that kind. */
    static final int LONGEST = 1024;

    private final byte[] line = new byte[LONGEST];
    private final Queue<String> whole = new ArrayDeque<>();
    private int length;
    private boolean skips;

    /** @param skipsFirst where the beginning of the first line may be missing */
    Lines(boolean skipsFirst) {
        this.skips = skipsFirst;
    }

    void add(byte[] bytes, int count) {
        for (var i = 0; i < count; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                end();
            } else if (length == LONGEST) {
                skips = true;
            } else {
                line[length++] = bytes[i];
            }
        }
    }

    Optional<String> next() {
        return Optional.ofNullable(whole.poll());
    }

    private void end() {
        if (!skips && length > 0) {
            try {
                var text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(line, 0, length))
                        .toString();
                whole.add(text);
            } catch (CharacterCodingException garbage) {
                whole.add("");
            }
        }
        skips = false;
        length = 0;
    }
}
