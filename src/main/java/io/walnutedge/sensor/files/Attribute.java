package io.walnutedge.sensor.files;

import io.walnutedge.sensor.SensorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of sysfs, or another small file of the kernel. One thread at a time.
 *
 * <p>It is opened by name at the first read and then read again and again through the same descriptor, which costs a
 * tenth of opening and makes no garbage. A descriptor of a device that went away answers ENODEV for ever, even if a
 * device of the same name comes back, so after any error the next read opens by name again.
 *
 * <p>Outside the kernel's file systems (a tree that tests or the demo made) a descriptor would go on showing a file that
 * has been deleted or replaced. There {@code kept} is false and each read opens by name.
 */
public final class Attribute implements AutoCloseable {
    /** An attribute holds at most one page (Documentation/filesystems/sysfs.rst, "Attributes"). */
    private static final int PAGE = 4096;

    private final Path path;
    private final FileTap tap;
    private final boolean kept;
    private final ByteBuffer page = ByteBuffer.allocate(PAGE);
    private final CharSequence content = new Ascii(page);
    private @Nullable FileChannel channel;

    /** @param kept whether the descriptor is kept from read to read; see {@link DeviceFiles#isKernel} */
    Attribute(Path path, boolean kept, FileTap tap) {
        this.path = path;
        this.tap = tap;
        this.kept = kept;
    }

    public Path path() {
        return path;
    }

    /**
     * The number that is all of the content, in the forms of {@link DecimalText}. Makes no garbage.
     *
     * @throws SensorException if it cannot be read, or holds nothing or anything else
     */
    public double number() throws SensorException {
        read();
        var number = DecimalText.parse(content);
        if (Double.isNaN(number)) {
            var text = decoded();
            throw SensorException.seeing(
                    text, path + (text.isEmpty() ? " is empty: the kernel has no value" : " is not a number"));
        }
        return number;
    }

    /** The content as text without the white space around it, at most one page; its lines end with LF alone. */
    public String text() throws SensorException {
        read();
        return decoded();
    }

    private String decoded() {
        return new String(page.array(), 0, page.limit(), StandardCharsets.UTF_8)
                .replace("\r\n", "\n")
                .strip();
    }

    /** A sysfs attribute comes in one read, since the buffer takes a page; a file of procfs may come in several. */
    private void read() throws SensorException {
        var instead = tap.instead(path);
        if (instead.isPresent()) {
            page.clear();
            page.put(instead.get(), 0, Math.min(PAGE, instead.get().length)).flip();
            return;
        }
        try {
            readFile();
        } catch (SensorException why) {
            tap.failed(path, why);
            throw why;
        }
        if (tap != FileTap.NONE) {
            tap.read(path, Arrays.copyOf(page.array(), page.limit()));
        }
    }

    private void readFile() throws SensorException {
        var open = channel;
        if (open == null) {
            open = RegularFile.open(path);
            channel = open;
        }
        var done = false;
        try {
            page.clear();
            RegularFile.readAll(open, page);
            page.flip();
            done = kept;
        } catch (IOException failed) {
            throw RegularFile.unreadable(path, failed);
        } finally {
            if (!done) {
                close();
            }
        }
    }

    /** Gives the descriptor back; another read opens again. */
    @Override
    public void close() {
        var open = channel;
        channel = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException nothingLost) {
            // it was only read from, and the descriptor is gone all the same (close(2))
            page.clear();
        }
    }

    /** The bytes up to the buffer's limit as characters; those beyond ASCII are some character that is not ASCII. */
    private record Ascii(ByteBuffer bytes) implements CharSequence {
        @Override
        public int length() {
            return bytes.limit();
        }

        @Override
        public char charAt(int index) {
            return (char) Byte.toUnsignedInt(bytes.get(index));
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            var part = new StringBuilder(end - start);
            for (var at = start; at < end; at++) {
                part.append(charAt(at));
            }
            return part;
        }
    }
}
