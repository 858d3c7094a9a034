package io.walnutedge.files;

import java.io.IOException;
import java.nio.file.Path;

/** Files of another user stand where this process would write; the message says whose, and the cure. */
public final class ForeignFilesException extends IOException {
    private static final long serialVersionUID = 1L;

    ForeignFilesException(Path path, Path directory, String owner, String user) {
        super(path + " belongs to " + owner + ", and this process runs as " + user + ": what it writes there " + owner
                + " could not use afterwards. As that user: sudo -u " + owner
                + " walnut-edge run; the service: sudo systemctl start walnut-edge; if all of it is to be " + user
                + "'s: sudo chown -R " + user + ": " + directory);
    }
}
