package io.walnutedge.outbox.log;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of the store that this process may not use as it should; everything else goes on without it. Immutable; any thread.
 *
 * @param writing whether it may be read and is only to be written
 */
public record Hindrance(Path path, boolean writing, IOException why) {
    private static final Logger LOG = LoggerFactory.getLogger(Hindrance.class);

    /** Whether somebody has changed that. */
    boolean isOver(Disk disk) {
        try (var file = writing ? disk.open(path) : disk.openRead(path)) {
            return file != null;
        } catch (NoSuchFileException gone) {
            return true;
        } catch (IOException still) {
            LOG.debug("{} cannot be used yet", path, still);
            return false;
        }
    }
}
