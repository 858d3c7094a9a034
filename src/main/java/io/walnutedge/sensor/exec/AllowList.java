package io.walnutedge.sensor.exec;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The programs that may be run: lines of a file that only root can have written. Read again for each question, so that
 * root's change counts at once. Stateless; any thread.
 *
 * @param owner the user id to which the file must belong; 0 but in tests
 */
record AllowList(Path file, int owner) {
    private static final int ROOT = 0;
    private static final long LARGEST = 64 * 1024;

    static final AllowList SYSTEM = new AllowList(Path.of("/etc/walnut-edge/allow-exec"), ROOT);

    /** Why a program may not be run, and what root has to do; empty where it may. */
    Optional<String> obstacle(Path program) {
        try {
            var weak = weakList();
            if (weak.isPresent()) {
                return Optional.of("no program is run, because " + weak.get()
                        + "; as root, when you have looked at it: " + mend());
            }
            if (Files.isSymbolicLink(file)) {
                return Optional.of("no program is run, because " + file + " is a link and not the file itself");
            }
            if (Files.size(file) > LARGEST) {
                return Optional.of("no program is run, because " + file + " is larger than " + LARGEST + " bytes");
            }
            if (Files.readAllLines(file).stream().noneMatch(line -> line.strip().equals(program.toString()))) {
                return Optional.of(program + " is not allowed; as root: " + allow(program));
            }
        } catch (NoSuchFileException none) {
            return Optional.of("no program is run, because there is no " + file + "; as root: " + allow(program)
                    + " && " + mend());
        } catch (MalformedInputException noText) {
            return Optional.of("no program is run, because " + file + " is not UTF-8");
        } catch (IOException unreadable) {
            return Optional.of(
                    "no program is run, because " + file + " cannot be read (" + unreadable + "); as root: " + mend());
        }
        return weakProgram(program);
    }

    /** Whoever may write the directory may put another list there. */
    private Optional<String> weakList() throws IOException {
        var directory = file.getParent();
        var weak = PathChain.weakOne(file, owner);
        return weak.isPresent() || directory == null ? weak : PathChain.weakOne(directory, owner);
    }

    private Optional<String> weakProgram(Path program) {
        try {
            if (!Files.isRegularFile(program)) {
                return Optional.of(program + (Files.exists(program) ? " is no file" : " does not exist"));
            }
            return PathChain.weakness(program, ROOT)
                    .map(weak -> program + " is not run, because " + weak
                            + ": whoever can write there decides what is run; use a program that only root can change");
        } catch (IOException unreadable) {
            return Optional.of(program + " is not run, because it cannot be judged: " + unreadable);
        }
    }

    private String allow(Path program) {
        return "echo " + program + " >> " + file;
    }

    private String mend() {
        return "chown root " + file + " && chmod 644 " + file;
    }
}
