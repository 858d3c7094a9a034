package io.walnutedge.cli;

import io.walnutedge.hocon.UserPath;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The name of a file. */
final class PathArgument implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
        return UserPath.of(text, why -> {
                    throw new TypeConversionException(why);
                })
                .orElseThrow();
    }
}
