package io.walnutedge.hocon;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import io.walnutedge.text.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * One file and those that it includes, each read once, judged by {@link Outline}, and only then given to the library. One
 * thread.
 */
final class SourceFile {
    private static final String SUFFIX = ".conf";

    private final Path file;
    /** Those that are being read, each included by the one before it. */
    private final List<Path> chain;

    private final Problems problems;

    private final boolean isFirst;

    private SourceFile(Path file, List<Path> chain, boolean isFirst, Problems problems) {
        this.isFirst = isFirst;
        this.file = file;
        this.chain = chain;
        this.problems = problems;
    }

    /** With what it includes, before the substitutions; empty, and a problem for each mistake, if there is one. */
    static Optional<Config> parse(Path file, Problems problems) {
        return parse(file, true, problems);
    }

    /** @param isFirst whether there is no file before it from which it could take something away */
    static Optional<Config> parse(Path file, boolean isFirst, Problems problems) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            problems.add(
                    file.toString(),
                    Files.isDirectory(file)
                            ? "is a directory and no file"
                            : Files.exists(file) ? "cannot be read by this user" : "no such file");
            return Optional.empty();
        }
        return new SourceFile(file, List.of(), isFirst, problems).parse();
    }

    private Optional<Config> parse() {
        var before = problems.count();
        var text = text();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var outline = Outline.of(text.get());
        outline.mistakes().forEach(this::add);
        if (isFirst) {
            outline.nulls().forEach(this::add);
        }
        var included = new ArrayDeque<ConfigObject>();
        for (var include : outline.includes()) {
            included(include).map(Config::root).ifPresent(included::add);
        }
        return problems.count() > before ? Optional.empty() : parse(text.get(), included);
    }

    private Optional<String> text() {
        try {
            return Optional.of(TextFile.read(file));
        } catch (TextFile.EncodingException other) {
            problems.add(new Place(Place.words(file), other.line()).origin(), "", String.valueOf(other.getMessage()));
        } catch (IOException refused) {
            problems.add(file.toString(), "cannot be read: " + refused.getMessage());
        }
        return Optional.empty();
    }

    private void add(Outline.Mistake mistake) {
        var origin = new Place(Place.words(file), mistake.line()).origin();
        if (mistake.quotes()) {
            problems.addQuote(origin, mistake.message());
        } else {
            problems.add(origin, mistake.key(), mistake.message());
        }
    }

    private Optional<Config> parse(String text, Queue<ConfigObject> included) {
        try {
            var options = ConfigParseOptions.defaults()
                    .setOriginDescription(Place.words(file))
                    .setIncluder(new StrictIncluder(included));
            return Optional.of(ConfigFactory.parseString(text, options));
        } catch (com.typesafe.config.ConfigException broken) {
            ConfigFile.tell(broken, file, problems);
            return Optional.empty();
        }
    }

    private Optional<Config> included(Outline.Include include) {
        var what = "include \"" + include.name() + "\": ";
        var refused = (Consumer<String>)
                why -> problems.add(new Place(Place.words(file), include.line()).origin(), "", what + why);
        return UserPath.of(include.name(), refused).map(this::target).flatMap(target -> included(target, refused));
    }

    private Optional<Config> included(Path target, Consumer<String> refused) {
        if (!Files.isRegularFile(target) || !Files.isReadable(target)) {
            refused.accept(obstacle(target));
            return Optional.empty();
        }
        try {
            var outer = new ArrayList<>(chain);
            outer.add(file.toRealPath());
            if (outer.contains(target.toRealPath())) {
                refused.accept(target + " includes this file, and so itself");
                return Optional.empty();
            }
            return new SourceFile(target, outer, false, problems).parse();
        } catch (IOException gone) {
            refused.accept("there is no file " + target);
            return Optional.empty();
        }
    }

    /** Beside this file; the suffix may be left out. */
    private Path target(Path name) {
        var folder = file.toAbsolutePath().getParent();
        var target = folder == null ? name : folder.resolve(name);
        var longer = target.resolveSibling(target.getFileName() + SUFFIX);
        return !Files.exists(target) && Files.exists(longer) ? longer : target;
    }

    private static String obstacle(Path target) {
        if (!Files.exists(target)) {
            return "there is no file " + target;
        }
        return target
                + (Files.isDirectory(target)
                        ? " is a directory; name each of its files"
                        : Files.isRegularFile(target) ? " cannot be read by this user" : " is no regular file");
    }
}
