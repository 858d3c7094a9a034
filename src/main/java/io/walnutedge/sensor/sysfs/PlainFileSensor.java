package io.walnutedge.sensor.sysfs;

import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.FileTap;
import io.walnutedge.sensor.files.KeptFile;
import io.walnutedge.sensor.text.NumberText;
import io.walnutedge.sensor.text.PatternText;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads a file for each sample by its name, because a careful writer replaces it by renaming. One thread at a time.
 *
 * <p>Only the start of a large file counts: 4 KiB, or 64 KiB where a pattern searches. What is not text there (not UTF-8,
 * or with control characters) is refused as a whole, because a number in it would be chance.
 */
final class PlainFileSensor implements Sensor {
    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final int START = 4 * 1024;
    private static final int SEARCHED = 64 * 1024;

    private final Path path;
    private final FileTap tap;
    private final Optional<PatternText> pattern;
    private final Quantity quantity;
    private final ByteBuffer bytes;
    private final KeptFile file;

    PlainFileSensor(Path path, FileTap tap, Optional<PatternText> pattern, Quantity quantity) {
        this.path = path;
        this.tap = tap;
        this.pattern = pattern;
        this.quantity = quantity;
        this.file = new KeptFile(path);
        this.bytes = ByteBuffer.allocate(pattern.isPresent() ? SEARCHED : START);
    }

    @Override
    public List<Measurement> read() throws SensorException {
        var text = text();
        if (text.isBlank()) {
            throw new SensorException(path + " is empty");
        }
        return List.of(Measurement.of(quantity, number(text)));
    }

    private double number(String text) throws SensorException {
        if (pattern.isEmpty()) {
            if (bytes.limit() == bytes.capacity()) {
                throw new SensorException(path + " holds " + START + " bytes or more, where one number was expected");
            }
            return NumberText.only(text, path.toString());
        }
        var picked = pattern.get()
                .find(text, path.toString())
                .orElseThrow(() -> SensorException.seeing(text, path + " holds nothing that matches the pattern"));
        return NumberText.whole(picked.strip(), path.toString());
    }

    private String text() throws SensorException {
        var instead = tap.instead(path);
        if (instead.isPresent()) {
            bytes.clear();
            bytes.put(instead.get(), 0, Math.min(bytes.capacity(), instead.get().length))
                    .flip();
            return decode(instead.get().length < bytes.capacity());
        }
        try {
            var text = textOfFile();
            tap.read(path, Arrays.copyOf(bytes.array(), bytes.limit()));
            return text;
        } catch (SensorException why) {
            tap.failed(path, why);
            throw why;
        }
    }

    private String textOfFile() throws SensorException {
        bytes.clear();
        var whole = file.read(bytes);
        bytes.flip();
        return decode(whole);
    }

    private String decode(boolean whole) throws SensorException {
        var chars = CharBuffer.allocate(bytes.remaining());
        var result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(bytes, chars, whole);
        var text = chars.flip().toString();
        if (result.isError() || isBinary(text)) {
            throw new SensorException(path + " is not text");
        }
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private static boolean isBinary(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        file.close();
    }
}
