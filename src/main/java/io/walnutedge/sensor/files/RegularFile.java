package io.walnutedge.sensor.files;

import io.walnutedge.sensor.NoValueException;
import io.walnutedge.sensor.SensorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens files for reading, and says in a sentence why one cannot be read. Stateless; any thread. */
public final class RegularFile {
    /** EAGAIN and ENODATA in the C library's words. */
    private static final String NOT_READY = "Resource temporarily unavailable";

    private static final String NO_DATA = "No data available";

    /** What drivers of sensors mean by the C library's English words for an errno; in other languages those stand alone. */
    private static final Map<String, String> MEANINGS = Map.of(
            NOT_READY,
            "no measurement is ready yet",
            NO_DATA,
            "the channel is switched off or has not measured yet",
            "Input/output error",
            "the device did not answer properly: check wiring and supply",
            "Remote I/O error",
            "the device does not answer on its bus: check wiring, address and supply",
            "Connection timed out",
            "the device did not answer in time: check wiring and supply",
            "No such device",
            "it was unplugged or its driver was unloaded",
            "Device or resource busy",
            "another program captures from the device",
            "Invalid argument",
            "not a value that the driver accepts");

    private RegularFile() {}

    /**
     * Opens a regular file, also through a link. Anything else is refused by its type before it is opened, because
     * opening a FIFO without a writer blocks for ever (fifo(7)); files of sysfs and procfs are regular ones. If the file
     * becomes a FIFO between the two steps, the call does block.
     *
     * @throws SensorException if there is no such file, it is not a regular one, or it may not be read
     */
    public static FileChannel open(Path path) throws SensorException {
        try {
            attributes(path);
            return FileChannel.open(path, StandardOpenOption.READ);
        } catch (IOException failed) {
            throw unreadable(path, failed);
        }
    }

    /**
     * Reads from the beginning of a file, until it ends or the buffer is full.
     *
     * @return whether the file ended
     * @throws IOException also where the file has no answer now: a channel tells EAGAIN as a read of no bytes, and asking
     *     again and again would take a whole CPU
     */
    static boolean readAll(FileChannel file, ByteBuffer bytes) throws IOException {
        var position = 0L;
        while (bytes.hasRemaining()) {
            var count = file.read(bytes, position);
            if (count < 0) {
                return true;
            }
            if (count == 0) {
                throw new IOException(NOT_READY);
            }
            position += count;
        }
        return false;
    }

    /** Which regular file the path leads to (its device and number); null where the file system does not tell. */
    static @Nullable Object key(Path path) throws SensorException {
        try {
            return attributes(path).fileKey();
        } catch (IOException failed) {
            throw unreadable(path, failed);
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException, SensorException {
        var type = Files.readAttributes(path, BasicFileAttributes.class);
        if (type.isDirectory()) {
            throw new SensorException(path + " is a directory, not a file");
        }
        if (!type.isRegularFile()) {
            throw new SensorException(path + " is a FIFO, a socket or a device, not a file; it was not opened");
        }
        return type;
    }

    /** What an error of the file system means to the sensor's owner. */
    public static SensorException unreadable(Path path, IOException error) {
        if (error instanceof NoSuchFileException) {
            var dangling = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
            return new SensorException(path + (dangling ? " is a link to nothing" : " does not exist"), error);
        }
        if (error instanceof AccessDeniedException) {
            return new SensorException(path + " may not be read by this user", error);
        }
        var message = "cannot read " + path + ": " + reason(error);
        return isNoValue(error) ? new NoValueException(message, error) : new SensorException(message, error);
    }

    /** Drivers answer so where they have no value now; everything else has failed. */
    private static boolean isNoValue(IOException error) {
        var reason = given(error);
        return NOT_READY.equals(reason) || NO_DATA.equals(reason);
    }

    private static @Nullable String given(IOException error) {
        return error instanceof FileSystemException described ? described.getReason() : error.getMessage();
    }

    /** The kernel's reason for an error, and what it means of a device where that is known. */
    public static String reason(IOException error) {
        var given = given(error);
        var reason = given == null ? error.getClass().getSimpleName() : given;
        var meaning = MEANINGS.get(reason);
        return meaning == null ? reason : reason + " (" + meaning + ")";
    }
}
