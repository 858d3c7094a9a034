package io.walnutedge.files;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** What has a file's name is none that this program may use; the message says what it is and the cure. */
public final class UnusableFileException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    UnusableFileException(Path path, String why) {
        super(path.toString(), null, why);
    }
}
