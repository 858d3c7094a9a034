package io.walnutedge.sensor.exec;

import io.walnutedge.json.JsonException;
import io.walnutedge.json.JsonReader;
import io.walnutedge.json.JsonWriter;
import io.walnutedge.text.Redaction;
import io.walnutedge.text.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The programs that may be run: lines of a file that only root can have written. A line is a program's path, which may be
 * run with any arguments, or a whole command as the configuration has it, {@code ["/usr/bin/vcgencmd", "measure_temp"]},
 * which may be run with these arguments and no others. Read again for each question, so that root's change counts at once.
 * Stateless; any thread.
 *
 * @param owner the user id to which the file must belong; 0 but in tests
 */
record AllowList(Path file, int owner) {
    private static final int ROOT = 0;
    private static final long LARGEST = 64 * 1024;
    private static final String COMMAND = "command";

    static final AllowList SYSTEM = new AllowList(Path.of("/etc/walnut-edge/allow-exec"), ROOT);

    /**
     * Why a command may not be run, and what root has to do; empty where it may.
     *
     * @param command the program first
     */
    Optional<String> obstacle(List<String> command) {
        var program = Path.of(command.get(0));
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
            var entries = TextFile.read(file).lines().map(String::strip).toList();
            if (!entries.contains(command.get(0))
                    && entries.stream().map(AllowList::command).noneMatch(command::equals)) {
                return Optional.of(notAllowed(command, entries));
            }
        } catch (NoSuchFileException none) {
            return Optional.of("no program is run, because there is no " + file + "; as root: " + allow(command)
                    + " && " + mend());
        } catch (TextFile.EncodingException other) {
            return Optional.of("no program is run, because " + file + ":" + other.line() + " " + other.getMessage());
        } catch (IOException unreadable) {
            return Optional.of(
                    "no program is run, because " + file + " cannot be read (" + unreadable + "); as root: " + mend());
        }
        return weakProgram(program);
    }

    private String notAllowed(List<String> command, List<String> entries) {
        var known = entries.stream()
                .map(AllowList::command)
                .anyMatch(entry -> !entry.isEmpty() && entry.get(0).equals(command.get(0)));
        return command.get(0) + " is not allowed" + (known ? " with these arguments" : "") + "; as root: "
                + allow(command);
    }

    /** The words of an entry that is a whole command; none of one that is not. */
    private static List<String> command(String entry) {
        if (!entry.startsWith("[")) {
            return List.of();
        }
        try {
            var words = JsonReader.array(entry, 1);
            return words.stream().allMatch(String.class::isInstance)
                    ? words.stream().map(String.class::cast).toList()
                    : List.of();
        } catch (JsonException noList) {
            // one bad line allows nothing, and takes no other with it
            return List.of();
        }
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

    /** A line for a shell, whatever is in the words. */
    private String allow(List<String> command) {
        var json = new JsonWriter().put(COMMAND, command).toString();
        var whole = json.substring(json.indexOf('['), json.length() - 1);
        // a password among the arguments would be published with the alert
        var entry = Redaction.of(whole).equals(whole) ? whole : command.get(0);
        return "printf '%s\\n' '" + entry.replace("'", "'\\''") + "' >> " + file;
    }

    private String mend() {
        return "chown root " + file + " && chmod 644 " + file;
    }
}
